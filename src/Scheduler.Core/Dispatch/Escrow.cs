using System.Collections.Immutable;
using Scheduler.Core.Capacity;

namespace Scheduler.Core.Dispatch;

/// <summary>
/// The part of a node that one replica may hand out, as a pure function of the node's own report: every replica that hears the report
/// computes shares that add up to at most the node's capacity, without a store on the way. Unit: kbit/s.
/// </summary>
public static class Escrow
{
    /// <summary>Share of a node that is never handed out: it takes in what no report shows yet.</summary>
    public const double Reserve = 0.01;

    /// <summary>
    /// G: assignments younger than this when a report was measured may be missing from it. Twice the longest time from assignment to first byte.
    /// </summary>
    public const int UnseenMs = 10_000;

    /// <summary>Oldest age that is believed of a report, ms; a node whose clock is further behind is taken to have measured then.</summary>
    public const int OldestReportMs = 5_000;

    /// <summary>W: window over which the least limit holds, so that two replicas that heard different reports still agree on a sum.</summary>
    /// <param name="intervalMs">Time between two reports.</param>
    public static int WindowMs(int intervalMs) => Math.Max(3_000, (2 * intervalMs) + 1_000);

    /// <summary><c>l_r = u_r + w_r free</c> with <c>free = max(0, C (1 - reserve) - max(egress, sum u))</c>.</summary>
    /// <param name="capacityKbps">C, the effective capacity.</param>
    /// <param name="egressKbps">What the node sends, ours or not.</param>
    /// <param name="byReplica">u: what each replica assigned, by the node's count. Empty: one replica is taken to have assigned all.</param>
    /// <param name="replica">r, in [1, 255].</param>
    /// <param name="weight">w_r, in [0, 1]; the weights of all replicas sum to at most 1.</param>
    public static EscrowShare Share(long capacityKbps, long egressKbps, ImmutableArray<ReplicaLoad> byReplica, int replica, double weight)
    {
        long own = byReplica.IsEmpty ? egressKbps : 0, sum = own;
        foreach (ReplicaLoad load in byReplica)
        {
            sum += load.EgressKbps;
            if (load.Replica == replica) own += load.EgressKbps;
        }
        long free = Math.Max(0, (long)(capacityKbps * (1 - Reserve)) - Math.Max(egressKbps, sum));
        return new EscrowShare(own, own + (long)(weight * free));
    }
}
