using System.Collections.Immutable;
using Scheduler.Core.Capacity;

namespace Scheduler.Core.Dispatch;

/// <summary>
/// The part of a node that one replica may hand out, as a pure function of the node's own report. Several replicas share a node by what it
/// leases to each of them (<see cref="GrantLedger"/>); a node that leases nothing is shared evenly. Unit: kbit/s.
/// </summary>
public static class Escrow
{
    /// <summary>Share of a node that is never handed out: it takes in what no report shows yet.</summary>
    public const double Reserve = 0.01;

    /// <summary>
    /// G: assignments younger than this when a report was measured may be missing from it. The longest time on the way of a report and the longest
    /// time from assignment to first byte, 5 s each.
    /// </summary>
    public const int UnseenMs = 10_000;

    /// <summary>Oldest age that is believed of a report, ms; a node whose clock is further behind is taken to have measured then.</summary>
    public const int OldestReportMs = 5_000;

    /// <summary>What may be handed out of a capacity, kbit/s.</summary>
    /// <param name="capacityKbps">The capacity.</param>
    public static long Usable(long capacityKbps) => (long)(capacityKbps * (1 - Reserve));

    /// <summary>What of a replica's newest admissions a report says has started; null when it does not say.</summary>
    /// <param name="report">The node's latest word.</param>
    /// <param name="replica">r, in [1, 255].</param>
    public static StartedLoad? Started(in NodeReport report, int replica)
    {
        foreach (ReplicaLoad load in report.ByReplica)
            if (load.Replica == replica) return load.Started;
        return null;
    }

    /// <summary>The loads of a report with what has started of one replica's, when they name it.</summary>
    /// <param name="loads">The loads.</param>
    /// <param name="replica">r, in [1, 255].</param>
    /// <param name="started">What has started.</param>
    public static ImmutableArray<ReplicaLoad> WithStarted(ImmutableArray<ReplicaLoad> loads, int replica, StartedLoad started)
    {
        for (int i = 0; i < loads.Length; i++)
            if (loads[i].Replica == replica) return loads.SetItem(i, loads[i] with { Started = started });
        return loads;
    }

    /// <summary>What a report lets a replica do.</summary>
    /// <param name="report">The node's latest word.</param>
    /// <param name="capacityKbps">C: what the node can carry, by its own word and by the fleet's.</param>
    /// <param name="effectiveKbps">What of it is open now, after drain, weight and slow start.</param>
    /// <param name="replica">r, in [1, 255].</param>
    /// <param name="replicas">R: replicas that may assign, in [1, 255].</param>
    /// <param name="alone">True for a replica that can have no peers: it needs no lease.</param>
    /// <remarks>
    /// <para>Alone: <c>u + free</c> with <c>free = max(0, usable(C) - max(egress, sum of u))</c>.</para>
    /// <para>
    /// Else the node's grant; where the fleet lets the node carry less than it says, as large a part of the grant, so that what all were granted adds
    /// up to no more than that. Without any grant: an R-th of what the node can carry for us. In both cases never more than the free part on top, and
    /// of that only the share that is open.
    /// </para>
    /// </remarks>
    public static EscrowShare Share(in NodeReport report, long capacityKbps, long effectiveKbps, int replica, int replicas, bool alone)
    {
        long sum = 0, own = 0;
        bool grants = false;
        EscrowGrant? grant = null;
        foreach (ReplicaLoad load in report.ByReplica)
        {
            sum += load.EgressKbps;
            grants |= load.Grant is not null;
            if (load.Replica != replica) continue;
            own += load.EgressKbps;
            grant = load.Grant;
        }
        // A node that does not tell by replica: alone we assigned all of it, among several our even part.
        if (report.ByReplica.IsEmpty) own = (sum = report.LoadKbps) / replicas;
        long total = Math.Max(report.LoadKbps, sum);
        long open = Math.Max(0, Usable(effectiveKbps) - total);
        if (alone) return new EscrowShare(own, own + open);

        long free = Math.Max(0, Usable(capacityKbps) - total);
        double opened = free > 0 ? Math.Min(1, (double)open / free) : 0;
        long Reach(double kbps) => own + (long)(opened * Math.Clamp(kbps - own, 0, free));
        if (!grants) return new EscrowShare(own, Reach((Usable(capacityKbps) - (total - sum)) / (double)replicas));
        if (grant is not { } leased) return new EscrowShare(own, own); // the node has not been told of us yet
        double part = Math.Min(1, capacityKbps / (double)Math.Max(1, Headroom.CapacityKbps(in report, long.MaxValue, long.MaxValue)));
        long limit = Reach(part * leased.LimitKbps), held = Reach(part * leased.HeldKbps);
        return new EscrowShare(own, limit, leased with { LimitKbps = limit, HeldKbps = Math.Min(limit, held) });
    }
}
