using System.Runtime.InteropServices;
using Scheduler.Core.Routing;
using Scheduler.Protocol.Grpc;
using Scheduler.Protocol.Grpc.Reports;
using Scheduler.Protocol.V1.Problems;
using Scheduler.Protocol.V1.Upstreams;
using Scheduler.Server.Endpoints.Reports;
using Scheduler.Server.Http;
using Scheduler.Server.Http.Limits;
using Scheduler.Server.Security;
using Scheduler.State;
using Scheduler.State.Peers;

namespace Scheduler.Server.Grpc.Reports;

/// <summary>
/// <c>EdgeReports/Report</c>: reports for as long as the stream lasts, each message answered before the next is read. So a stream never has more than one message in
/// work, and under overload, or while the writers do not follow, it is slowed down, and not ended.
/// </summary>
internal sealed class ReportStream(ReportDesk desk, AdmissionGate gate, GrpcStreams streams, SchedulerClock clock, ILogger<ReportStream> log) : StreamMethod(streams, clock.Time, log)
{
    /// <summary>Time between two tries to hand reports to a writer whose queue is full.</summary>
    private static readonly TimeSpan FullQueueWait = TimeSpan.FromMilliseconds(10);

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
            if (!TryRead(call, read.Message.Span, out ReportIntake intake)) return null;
            while (!desk.TryPost(in intake)) await Task.Delay(FullQueueWait, clock.Time, call.Ends);
            Answer(call, in intake);
            await call.FlushAsync();
        }
    }

    /// <summary>Reads one message; false when the stream ends with it, and why is written.</summary>
    private bool TryRead(StreamCall call, ReadOnlySpan<byte> message, out ReportIntake intake)
    {
        intake = default;
        HttpContext context = call.Context;
        if (desk.Begin(context, out RoutingSnapshot? snapshot, out Caller caller) is { } refusal)
        {
            Reply.Problem(context, refusal);
            return false;
        }
        var batch = new ReportRequestReader(message, desk.Names);
        if (desk.Read(ref batch, snapshot!, caller, out intake) is not { } fault) return true;
        Reply.Problem(context, ProblemKind.InvalidRequest, null, [fault]);
        return false;
    }

    private void Answer(StreamCall call, in ReportIntake intake)
    {
        PeerRoll roll = desk.Roll;
        ReadOnlySpan<UpstreamEntry> upstream = CollectionsMarshal.AsSpan(intake.News?.Parents);
        ReadOnlySpan<WarmUpEntry> warmUps = CollectionsMarshal.AsSpan(intake.News?.WarmUps);
        Span<byte> room = call.Room(ReportResponseWriter.MaxLength(intake.Rejected, roll.Weights.Length, intake.Sites, upstream, warmUps));
        call.Add(room, ReportResponseWriter.Write(
            room[MessageFrame.HeaderLength..], intake.Accepted, intake.Rejected, desk.IntervalMs, roll.Epoch, roll.Weights.AsSpan(), intake.Sites, upstream, warmUps));
    }
}
