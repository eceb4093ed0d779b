using System.Buffers;
using Scheduler.Protocol.Peers;
using Scheduler.State;
using Scheduler.State.Peers;

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
        Task<PeerAnswer?> answer = Calls.Add(clock.NowMs, out long id);
        var payload = new ArrayBufferWriter<byte>(body.Length + 64);
        new CallFrame(id, kind, network, tenant, body).Write(new PayloadWriter(payload));
        if (!Queue.TrySend(FrameType.Call, payload.WrittenSpan.ToArray())) Calls.GiveUp(id);
        return answer;
    }
}
