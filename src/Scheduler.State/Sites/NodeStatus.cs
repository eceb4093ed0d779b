using Scheduler.Core.Capacity;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Routing;

namespace Scheduler.State.Sites;

/// <summary>
/// One node as it was last heard. Written by the single writer of its <see cref="SiteState"/>; other threads read single values, each of
/// which is whole, though two of them may be of different reports.
/// </summary>
public sealed class NodeStatus
{
    private volatile NodeOrder _order = NodeOrder.None;
    private volatile IndexedNode _node;
    private volatile bool _silenceIsOurs;
    private long _heardAtMs = long.MinValue;
    private int _failures;
    private long _failuresEver;

    internal NodeStatus(IndexedNode node, long assigned, long nowMs)
    {
        _node = node;
        History = new AssignmentHistory(nowMs, assigned);
        AssignedBefore = assigned;
        KnownSinceMs = nowMs;
    }

    /// <summary>The node and its places in the tables.</summary>
    public IndexedNode Node => _node;

    /// <summary>What operators have ordered of it.</summary>
    public NodeOrder Order => _order;

    /// <summary>Its last report; meaningless before the first.</summary>
    public NodeReport Report { get; internal set; }

    /// <summary>What it can carry, before drain, weight and slow start, kbit/s.</summary>
    public long CapacityKbps { get; internal set; }

    /// <summary>What it says of itself.</summary>
    public NodeState State { get; internal set; }

    /// <summary>How old its last word is, as of the last tick.</summary>
    public Freshness Freshness { get; internal set; }

    /// <summary>True when it fell silent while most did: it is taken to have gone on, unheard, and does not start slowly when it is heard again.</summary>
    internal bool SilenceIsOurs
    {
        get => _silenceIsOurs;
        set => _silenceIsOurs = value;
    }

    /// <summary>Share of its free capacity that slow start opens, in (0, 1].</summary>
    public double SlowStartShare { get; internal set; } = 1;

    /// <summary>When the last report was received, monotonic ms; null before the first.</summary>
    public long? HeardAtMs => Volatile.Read(ref _heardAtMs) is long.MinValue ? null : Volatile.Read(ref _heardAtMs);

    /// <summary>When the last report was measured, as far as is believed, monotonic ms; meaningless before the first.</summary>
    internal long MeasuredAtMs { get; set; }

    /// <summary>When it came back into service, monotonic ms; null when slow start is over or there was none.</summary>
    internal long? ReturnedAtMs { get; set; }

    /// <summary>The order that the ledger was last written under.</summary>
    internal NodeOrder WrittenOrder { get; set; } = NodeOrder.None;

    internal AssignmentHistory History { get; }

    /// <summary>What peers assigned to it; null as long as none has told of any.</summary>
    internal PeerAssignments? Peers { get; set; }

    /// <summary>What its ledger had assigned before it was this node's, kbit/s.</summary>
    internal long AssignedBefore { get; }

    /// <summary>Since when all that this replica assigned to it is known, monotonic ms.</summary>
    internal long KnownSinceMs { get; }

    /// <summary>What the last report lets this replica do.</summary>
    internal EscrowShare Escrow { get; set; }

    /// <summary>What a limit is added to, to become a ceiling of <see cref="NodeLedger.Assigned"/>.</summary>
    internal long EscrowBase { get; set; }

    /// <summary>Players' failure reports since the last call; the call sets them back.</summary>
    internal int TakeFailures() => Interlocked.Exchange(ref _failures, 0);

    /// <summary>Players' failure reports since the node was made known.</summary>
    internal long FailuresEver => Volatile.Read(ref _failuresEver);

    /// <summary>Counts one viewer who says that the node failed him.</summary>
    internal void CountFailure()
    {
        Interlocked.Increment(ref _failures);
        Interlocked.Increment(ref _failuresEver);
    }

    internal void Heard(long nowMs) => Volatile.Write(ref _heardAtMs, nowMs);

    internal void Become(IndexedNode node) => _node = node;

    internal void Obey(NodeOrder order) => _order = order;
}
