using System.Collections.Immutable;
using Scheduler.Core.Capacity;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Topology;
using Scheduler.State.Peers;

namespace Scheduler.State.Sites;

/// <summary>
/// One site: an identity, a state, one writer, messages in, ledgers out. It has the shape of a grain on purpose. Only its writer may call
/// <c>Apply</c> and <see cref="Tick"/>.
/// </summary>
public sealed class SiteState
{
    /// <summary>A limit may rise only on a report of at most this age, ms.</summary>
    private const long RaiseOnlyWithinMs = 5_000;

    private readonly LiveLoad _load;
    private readonly SiteRules _rules;
    private volatile NodeStatus[] _nodes = [];

    internal SiteState(int index, LiveLoad load, SiteRules rules)
    {
        Index = index;
        _load = load;
        _rules = rules;
    }

    /// <summary>Index of the site.</summary>
    public int Index { get; }

    /// <summary>Its nodes.</summary>
    public ImmutableArray<NodeStatus> Nodes => System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray<NodeStatus>(_nodes);

    /// <summary>What the site can carry now, after drains, weights and slow start, kbit/s.</summary>
    public long EffectiveKbps { get; private set; }

    internal void Become(NodeStatus[] nodes) => _nodes = nodes;

    /// <summary>Takes in a report of one of the site's nodes.</summary>
    /// <param name="node">The node.</param>
    /// <param name="report">Its word.</param>
    /// <param name="nowMs">When it was received, monotonic ms.</param>
    /// <param name="unixMs">The same moment, Unix ms.</param>
    public ReportVerdict Apply(NodeStatus node, in NodeReport report, long nowMs, long unixMs)
    {
        long? heard = node.HeardAtMs;
        Freshness before = _rules.Staleness.Of(nowMs - heard);
        bool newer = heard is null
            || report.Incarnation > node.Report.Incarnation
            || (report.Incarnation == node.Report.Incarnation && report.Sequence > node.Report.Sequence);
        // After the dead time any incarnation is taken: clocks step back, and a node must be able to return.
        if (!newer && before != Freshness.Silent) return ReportVerdict.Outdated;

        bool returns = heard is not null
            && report.State == NodeState.Serving
            && ((before == Freshness.Silent && !node.SilenceIsOurs) || node.State == NodeState.Down || report.Incarnation != node.Report.Incarnation);
        if (returns) Return(node, nowMs);
        node.SilenceIsOurs = false;
        node.Report = report;
        node.State = report.State;
        node.CapacityKbps = Headroom.CapacityKbps(in report, node.Node.Node.Capacity.Kbps, node.Node.SiteShareKbps);
        node.Freshness = Freshness.Fresh;
        node.Heard(nowMs);

        long age = report.AtUnixMs is { } at ? Math.Clamp(unixMs - at, 0, Escrow.OldestReportMs) : 0;
        node.MeasuredAtMs = nowMs - age;
        Write(node, nowMs);
        return ReportVerdict.Applied;
    }

    /// <summary>Lets time pass: samples what was assigned, ages reports, obeys changed orders, sums the site up.</summary>
    /// <param name="nowMs">Monotonic ms.</param>
    public void Tick(long nowMs)
    {
        long room = 0, load = 0, effective = 0;
        int silent = _load.SilentPeers;
        bool anyone = _nodes.Any(node => _rules.Staleness.Of(nowMs - node.HeardAtMs) is Freshness.Fresh or Freshness.Suspect);
        foreach (NodeStatus node in _nodes)
        {
            ref NodeLedger ledger = ref _load.Node(node.Node.Index);
            long assigned = Volatile.Read(ref ledger.Assigned);
            node.History.Sample(nowMs, assigned);
            node.Peers?.Sample(nowMs);
            // What was guessed of peers up to now stays until the node's next report tells better.
            if (ledger.SilentPeers != silent) ledger.SetTerms(silent, ledger.LoadKbps - ((1 + silent) * assigned));
            node.Freshness = _rules.Staleness.Of(nowMs - node.HeardAtMs);
            if (node.Freshness != Freshness.Unheard) PutCeiling(node, nowMs);
            if (node.Order != node.WrittenOrder) ObeyOrder(node, nowMs);

            // Silent nodes count only where all are silent: then the site may have to serve from its last states.
            if (node.Freshness == Freshness.Unheard || (node.Freshness == Freshness.Silent && anyone)) continue;
            if (!node.Order.Open || node.State != NodeState.Serving) continue;
            if ((node.Node.Node.Roles & (NodeRoles.Edge | NodeRoles.Ingest)) == 0) continue;
            room += Math.Max(0, Volatile.Read(ref ledger.Ceiling) - assigned);
            load += Math.Max(0, ledger.LoadKbps);
            effective += (long)(1 / ledger.InverseCapacity);
        }
        ref SiteLedger site = ref _load.Site(Index);
        long siteAssigned = Volatile.Read(ref site.Assigned);
        EffectiveKbps = effective;
        site.InverseCapacity = 1.0 / Math.Max(1, effective);
        site.SetTerms(silent, load - ((1 + silent) * siteAssigned));
        Volatile.Write(ref site.Ceiling, siteAssigned + room);
        _load.Reprice(Index);
    }

    /// <summary>Takes in what a peer assigned to one of the site's nodes.</summary>
    /// <param name="node">The node.</param>
    /// <param name="peer">Which start of which replica assigned it.</param>
    /// <param name="assignedKbps">All that it ever assigned there, kbit/s.</param>
    /// <param name="isFirst">True when the peer tells all it has, not what is new: what we did not know of it is in reports by now.</param>
    /// <param name="nowMs">Monotonic ms.</param>
    public void Apply(NodeStatus node, ReplicaStart peer, long assignedKbps, bool isFirst, long nowMs)
    {
        node.Peers ??= new PeerAssignments(nowMs);
        long more = node.Peers.Learn(peer, assignedKbps, isFirst);
        if (more == 0) return;
        _load.Node(node.Node.Index).Offset += more;
        _load.Site(Index).Offset += more;
        _load.Reprice(Index);
    }

    /// <summary>Takes in what a peer heard of starts, with a report that it told us of.</summary>
    /// <param name="start">What of our newest admissions a node has begun to serve; passed over when the report it came with is not the newest any more.</param>
    /// <param name="nowMs">Monotonic ms.</param>
    public void Apply(in PeerStart start, long nowMs)
    {
        NodeStatus node = start.Node;
        if (node.HeardAtMs is null || node.Report.Incarnation != start.Incarnation || node.Report.Sequence != start.Sequence) return;
        node.Report = node.Report with { ByReplica = Escrow.WithStarted(node.Report.ByReplica, _rules.Replica, start.Started) };
        node.EscrowBase = SeenBy(node, nowMs) - node.Escrow.OwnKbps;
        PutCeiling(node, nowMs);
    }

    private static void Return(NodeStatus node, long nowMs) => node.ReturnedAtMs = nowMs;

    private void ObeyOrder(NodeStatus node, long nowMs)
    {
        // Slow start goes on from what was open: an undone ramp neither jumps up nor falls first.
        if (node.Order.Opening > node.WrittenOrder.Opening)
            Return(node, nowMs - _rules.SlowStart.AgeMs(node.WrittenOrder.Opening * node.SlowStartShare));
        if (node.HeardAtMs is { } heard && nowMs - heard <= RaiseOnlyWithinMs) Write(node, nowMs);
        node.WrittenOrder = node.Order;
    }

    /// <summary>Writes the node's ledger from its last report.</summary>
    /// <param name="node">The node.</param>
    /// <param name="nowMs">Now, monotonic ms.</param>
    private void Write(NodeStatus node, long nowMs)
    {
        node.SlowStartShare = node.ReturnedAtMs is { } returned ? _rules.SlowStart.ShareAt(nowMs - returned) : 1;
        if (node.SlowStartShare >= 1) node.ReturnedAtMs = null;
        NodeReport report = node.Report;
        double share = node.Order.Opening * node.Order.Weight * node.SlowStartShare;
        long effective = node.State == NodeState.Serving ? Headroom.EffectiveKbps(node.CapacityKbps, report.LoadKbps, share) : 0;

        node.Escrow = Escrow.Share(in report, node.CapacityKbps, effective, _rules.Replica, _load.Replicas, _rules.IsAlone);
        // own = u + assignments the report cannot have seen; admitted while own stays within the limit. Here it is moved to the scale of
        // Assigned, so that an admission is one comparison.
        node.EscrowBase = SeenBy(node, nowMs) - node.Escrow.OwnKbps;
        PutCeiling(node, nowMs);
        ref NodeLedger ledger = ref _load.Node(node.Node.Index);
        int silent = _load.SilentPeers;
        long sincePeers = node.Peers?.SinceKbps(node.MeasuredAtMs) ?? 0;
        ledger.SetTerms(silent, report.LoadKbps + sincePeers - ((1 + silent) * node.History.At(node.MeasuredAtMs)));
        Volatile.Write(ref ledger.InverseCapacity, 1.0 / Math.Max(1, effective));
    }

    /// <summary>
    /// What of all that was assigned the last report shows or what will never come, kbit/s: by age at least what was assigned 10 s before it; where the node counts starts, also what had
    /// been assigned before the oldest period that it counts, and what of the periods since has started. Both are safe, so the larger holds.
    /// </summary>
    private long SeenBy(NodeStatus node, long nowMs)
    {
        long byAge = node.History.At(node.MeasuredAtMs - Escrow.UnseenMs);
        if (Escrow.Started(node.Report, _rules.Replica) is not { } started) return byAge;
        // A node forgets within that time what an earlier start of this replica admitted, whose numbers may be the same.
        if (node.MeasuredAtMs < node.KnownSinceMs + StartLedger.OtherLifeMs) return byAge;
        long sinceMs = AdmissionPeriod.BeganMs(started.SincePeriod, nowMs) - AdmissionPeriod.StampMs;
        if (nowMs - sinceMs > AssignmentHistory.ReachMs) return byAge;
        long byStarts = node.History.At(sinceMs) + started.Kbps;
        return Math.Min(Math.Max(byAge, byStarts), Volatile.Read(ref _load.Node(node.Node.Index).Assigned));
    }

    /// <summary>Writes how much may be assigned to the node, by the age of its last report.</summary>
    private void PutCeiling(NodeStatus node, long nowMs)
    {
        // What an earlier life of this replica assigned may still be on its way, and would come on top of what the others were leased. A replica that
        // is alone does not wait: it would refuse everybody for the sake of what it assigned in its last seconds.
        bool unknown = _load.Replicas > 1 && node.MeasuredAtMs < node.KnownSinceMs + Escrow.UnseenMs;
        long? limit = unknown ? null : node.Escrow.LimitAt(nowMs - node.MeasuredAtMs);
        Volatile.Write(ref _load.Node(node.Node.Index).Ceiling, limit is { } kbps ? node.EscrowBase + kbps : NodeLedger.NoRoom);
    }
}
