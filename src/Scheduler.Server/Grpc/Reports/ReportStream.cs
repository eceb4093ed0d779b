using Scheduler.Core.Routing;
using Scheduler.Protocol.Grpc;
using Scheduler.Protocol.Grpc.Reports;
using Scheduler.Protocol.V1.Problems;
using Scheduler.Server.Endpoints.Reports;
using Scheduler.Server.Http;
using Scheduler.Server.Http.Limits;
using Scheduler.Server.Security;
using Scheduler.State;
using Scheduler.State.Peers;

namespace Scheduler.Server.Grpc.Reports;

/// <summary>
/// <c>EdgeReports/Report</c>: reports for as long as the stream lasts, each message answered before the next is read. So a stream never has more than one message in
/// work, and under overload it is slowed down, and not ended.
/// </summary>
internal sealed class ReportStream(ReportDesk desk, AdmissionGate gate, GrpcStreams streams, SchedulerClock clock, ILogger<ReportStream> log) : StreamMethod(streams, clock.Time, log)
{
    /// <inheritdoc/>
    protected override bool TryBegin(HttpContext context) => desk.TryBegin(context, out _, out _);

    /// <inheritdoc/>
    protected override async Task<GrpcStatus?> ServeAsync(StreamCall call)
    {
        while (true)
        {
            MessageRead read = await call.ReadAsync();
            if (read.End is { } end) return end;
            await gate.DelayAsync(CallClass.Report);
            if (!TryTake(call, read.Message.Span)) return null;
            await call.FlushAsync();
        }
    }

    /// <summary>Takes one message in and writes its answer; false when the stream ends with it, and why is written.</summary>
    private bool TryTake(StreamCall call, ReadOnlySpan<byte> message)
    {
        HttpContext context = call.Context;
        if (desk.Begin(context, out RoutingSnapshot? snapshot, out Caller caller) is { } refusal)
        {
            Reply.Problem(context, refusal);
            return false;
        }
        var batch = new ReportRequestReader(message);
        if (desk.Take(ref batch, snapshot!, caller, out ReportIntake intake) is { } fault)
        {
            Reply.Problem(context, ProblemKind.InvalidRequest, null, [fault]);
            return false;
        }
        if (!intake.IsWhole)
        {
            Reply.Problem(context, ProblemKind.NotReady, ReportIntake.TooFast);
            return false;
        }
        PeerRoll roll = desk.Roll;
        Span<byte> room = call.Room(ReportResponseWriter.MaxLength(intake.Rejected, roll.Weights.Length, intake.Sites));
        call.Add(room, ReportResponseWriter.Write(room[MessageFrame.HeaderLength..], intake.Accepted, intake.Rejected, desk.IntervalMs, roll.Epoch, roll.Weights.AsSpan(), intake.Sites));
        return true;
    }
}
