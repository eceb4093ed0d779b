using Scheduler.Protocol.Grpc;
using Scheduler.Server.Grpc;

namespace Scheduler.Server.Telemetry;

/// <summary>The metrics of gRPC.</summary>
internal sealed class GrpcMetrics(GrpcLane lane) : IMetricSource
{
    /// <inheritdoc/>
    public void Write(IMetricSink sink)
    {
        sink.Family("scheduler_grpc_calls_total", MetricKind.Counter, "Calls of gRPC that have ended, by service, method and code; cancelled ones are those whose caller had gone");
        foreach (GrpcMethod method in lane.Methods)
        {
            foreach (GrpcStatusCode code in Enum.GetValues<GrpcStatusCode>())
                if (method.Ended(code) is > 0 and var ended) sink.Sample(ended, new("service", method.Service), new("method", method.Name), MetricLabel.Of("code", code));
        }
        sink.Family("scheduler_grpc_calls_under_way", MetricKind.Gauge, "Calls of gRPC that were not answered at once and last now: streams, mostly, by service and method");
        foreach (GrpcMethod method in lane.Methods) sink.Sample(method.UnderWay, new("service", method.Service), new("method", method.Name));
    }
}
