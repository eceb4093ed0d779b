using System.Collections.Concurrent;
using Scheduler.State.Planning;

namespace Scheduler.State.Peers;

/// <summary>What the sessions of every peer weigh, as each last told.</summary>
/// <param name="clock">The time.</param>
public sealed class PeerDemands(SchedulerClock clock)
{
    private readonly ConcurrentDictionary<byte, Told> _told = new();

    private sealed record Told(ReplicaStart Peer, Demand Demand, long AtMs);

    /// <summary>Takes in a peer's word; one of an earlier start than was heard is passed over.</summary>
    public void Learn(ReplicaStart peer, Demand demand)
    {
        var told = new Told(peer, demand, clock.NowMs);
        _told.AddOrUpdate(peer.Number, told, (_, before) => before.Peer.Start > peer.Start ? before : told);
    }

    /// <summary>The demand of all replicas: this one's, and that of peers whose word is young enough.</summary>
    /// <param name="own">What the sessions of this one weigh.</param>
    public Demand With(Demand own)
    {
        long nowMs = clock.NowMs;
        foreach (Told told in _told.Values)
            if (nowMs - told.AtMs < PeerRules.DemandMs) own = own.Plus(told.Demand);
        return own;
    }
}
