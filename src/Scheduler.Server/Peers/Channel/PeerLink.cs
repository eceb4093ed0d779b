using System.Buffers;
using System.Diagnostics;
using Scheduler.Protocol.Peers;
using Scheduler.State;
using Scheduler.State.Peers;
using Scheduler.State.Telemetry;

namespace Scheduler.Server.Peers.Channel;

/// <summary>An open connection to a peer, which we may speak to.</summary>
/// <param name="peer">Who it is.</param>
/// <param name="clock">The time.</param>
internal sealed class PeerLink(ReplicaStart peer, SchedulerClock clock)
{
    /// <summary>Who it is.</summary>
    public ReplicaStart Peer => peer;

    /// <summary>What is on its way to it.</summary>
    public FrameQueue Queue { get; } = new();

    /// <summary>What is asked of it.</summary>
    public PendingCalls Calls { get; } = new();

    /// <summary>Has the peer answer a player's call.</summary>
    /// <param name="kind">Which call.</param>
    /// <param name="network">Hash of the viewer's network.</param>
    /// <param name="tenant">Tenant of the key; null for none.</param>
    /// <param name="body">The body; not needed any more when this returns.</param>
    /// <returns>Its answer; null when none comes in time.</returns>
    public Task<PeerAnswer?> AskAsync(SessionCall kind, ulong network, string? tenant, ReadOnlySpan<byte> body)
    {
        Activity? caller = Activity.Current, span = SchedulerInstruments.Spans.StartActivity("peer ask", ActivityKind.Client);
        if (span is not null) Activity.Current = caller; // it ends with the answer, for which not every caller waits
        Task<PeerAnswer?> answer = Calls.Add(clock.NowMs, out long id);
        if (span is not null) Trace(span, id);
        var payload = new ArrayBufferWriter<byte>(body.Length + 64);
        new CallFrame(id, kind, network, tenant, body).Write(new PayloadWriter(payload));
        if (!Queue.TrySend(FrameType.Call, payload.WrittenSpan.ToArray())) Calls.GiveUp(id);
        return span is null ? answer : UntilAnsweredAsync(answer, span);
    }

    private void Trace(Activity span, long call)
    {
        span.SetTag("scheduler.replica", (long)peer.Number);
        var payload = new ArrayBufferWriter<byte>(128);
        new TraceFrame(call, span.Id!, span.TraceStateString ?? "").Write(new PayloadWriter(payload));
        Queue.TrySend(FrameType.Trace, payload.WrittenSpan.ToArray());
    }

    private static async Task<PeerAnswer?> UntilAnsweredAsync(Task<PeerAnswer?> asked, Activity span)
    {
        using Activity ended = span;
        PeerAnswer? answer = await asked;
        if (answer is null) span.SetStatus(ActivityStatusCode.Error, "unanswered");
        return answer;
    }
}
