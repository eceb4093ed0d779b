using Scheduler.Protocol.Grpc;
using Scheduler.Protocol.Grpc.Messages.Health;
using Scheduler.State;
using static Scheduler.Protocol.Grpc.Messages.Health.HealthCheckResponse.Types;

namespace Scheduler.Server.Grpc.Health;

/// <summary><c>grpc.health.v1.Health/Watch</c>: the state at once, and each later one.</summary>
internal sealed class HealthWatch(HealthFeed feed, HealthCheck check, GrpcStreams streams, SchedulerClock clock, ILogger<HealthWatch> log) : StreamMethod(streams, clock.Time, log)
{
    /// <inheritdoc/>
    protected override async Task<GrpcStatus?> ServeAsync(StreamCall call)
    {
        MessageRead read = await call.ReadAsync();
        if (read.End is { } end) return end.IsOk ? new GrpcStatus(GrpcStatusCode.Unimplemented, "the method takes one message, and none came") : end;
        if (!HealthCheck.TryRead(read.Message.Span, out HealthCheckRequest request)) return new GrpcStatus(GrpcStatusCode.Internal, "the message is not a HealthCheckRequest");
        if (!feed.TryEnter()) return new GrpcStatus(GrpcStatusCode.ResourceExhausted, $"{HealthFeed.MostWatchers} watch already");
        try
        {
            ServingStatus? told = null;
            while (true)
            {
                Task changed = feed.Next;
                ServingStatus status = check.Knows(request.Service) ? check.Status : ServingStatus.ServiceUnknown;
                if (status != told) await call.SendAsync(new HealthCheckResponse { Status = status });
                told = status;
                await changed.WaitAsync(call.Ends);
            }
        }
        finally
        {
            feed.Leave();
        }
    }
}
