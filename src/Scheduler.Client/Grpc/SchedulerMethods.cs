using Scheduler.Protocol.Grpc.Messages;
using Scheduler.Protocol.Grpc.Messages.Health;

namespace Scheduler.Client.Grpc;

/// <summary>What a scheduler can be asked over gRPC.</summary>
public static class SchedulerMethods
{
    /// <summary>A new session.</summary>
    public static GrpcMethod<AssignRequest, Assignment> Assign { get; } = new("scheduler.v1.Dispatch/Assign", Assignment.Parser);

    /// <summary>Up to 1,000 new sessions.</summary>
    public static GrpcMethod<AssignBatchRequest, AssignBatchResponse> AssignBatch { get; } = new("scheduler.v1.Dispatch/AssignBatch", AssignBatchResponse.Parser);

    /// <summary>A beat.</summary>
    public static GrpcMethod<HeartbeatRequest, HeartbeatResponse> Heartbeat { get; } = new("scheduler.v1.Dispatch/Heartbeat", HeartbeatResponse.Parser);

    /// <summary>A node failed.</summary>
    public static GrpcMethod<FailoverRequest, Assignment> Failover { get; } = new("scheduler.v1.Dispatch/Failover", Assignment.Parser);

    /// <summary>The viewer leaves.</summary>
    public static GrpcMethod<ReleaseRequest, ReleaseResponse> Release { get; } = new("scheduler.v1.Dispatch/Release", ReleaseResponse.Parser);

    /// <summary>Reports of nodes; a stream both ways.</summary>
    public static GrpcMethod<ReportRequest, ReportResponse> Report { get; } = new("scheduler.v1.EdgeReports/Report", ReportResponse.Parser);

    /// <summary>Whether it serves.</summary>
    public static GrpcMethod<HealthCheckRequest, HealthCheckResponse> Check { get; } = new("grpc.health.v1.Health/Check", HealthCheckResponse.Parser);

    /// <summary>Whether it serves, now and whenever that changes; a stream of answers.</summary>
    public static GrpcMethod<HealthCheckRequest, HealthCheckResponse> Watch { get; } = new("grpc.health.v1.Health/Watch", HealthCheckResponse.Parser);
}
