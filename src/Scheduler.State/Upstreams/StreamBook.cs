using System.Collections.Immutable;
using Scheduler.Core.Capacity;
using Scheduler.State.Sites;

namespace Scheduler.State.Upstreams;

/// <summary>
/// Where each stream comes in and where it is watched, as the nodes' reports tell: the one place from which homes are derived. Bounded: the stream that no report
/// spoke of for the longest makes room. Reports are applied by one thread; others ask at any time.
/// </summary>
/// <param name="capacity">Streams it holds; over 0.</param>
public sealed class StreamBook(int capacity)
{
    /// <summary>A stream that nobody watches or sends is forgotten this long after the last report that spoke of it, ms.</summary>
    public const long ForgottenAfterMs = 60_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, LinkedListNode<StreamRecord>> _streams = [];
    private readonly LinkedList<StreamRecord> _byAge = []; // the one that was heard of last at the end
    private readonly Dictionary<NodeStatus, NodeReports> _nodes = [];
    private long _evicted;

    /// <summary>Streams it holds.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _streams.Count;
        }
    }

    /// <summary>Streams that had to make room while they were still sent or watched, since the start.</summary>
    public long Evicted => Volatile.Read(ref _evicted);

    /// <summary>Takes in what a report says of streams.</summary>
    /// <param name="node">The node.</param>
    /// <param name="report">Its word.</param>
    /// <param name="nowMs">When it was received, monotonic ms.</param>
    /// <param name="unixMs">The same moment, Unix ms.</param>
    public void Apply(NodeStatus node, in NodeReport report, long nowMs, long unixMs)
    {
        lock (_gate)
        {
            if (!_nodes.TryGetValue(node, out NodeReports? reports)) _nodes[node] = reports = new NodeReports();
            reports.Count++;
            foreach (StreamLoad load in report.Streams)
            {
                StreamRecord record = Touch(load.Stream, nowMs);
                ApplyAudience(record, node, load, report.Incarnation);
                if (load.IngressKbps is { } kbps) ApplyArrival(record, node, reports, load, kbps, report.Incarnation, report.AtUnixMs ?? unixMs);
            }
        }
    }

    /// <summary>Forgets what has ended: streams that a node does not name any more, nodes that are silent or have started anew, streams of which nothing is left.</summary>
    /// <param name="nowMs">Monotonic ms.</param>
    /// <param name="changed">Is told every stream whose arrivals have changed.</param>
    public void Sweep(long nowMs, Action<ulong>? changed = null)
    {
        lock (_gate)
        {
            foreach (NodeReports reports in _nodes.Values) reports.Arrivals = 0;
            foreach (StreamRecord record in _byAge)
                foreach (Arrival arrival in record.Arrivals)
                    if (_nodes.TryGetValue(arrival.Node, out NodeReports? reports)) reports.Arrivals++;
            for (LinkedListNode<StreamRecord>? at = _byAge.First, next; at is not null; at = next)
            {
                next = at.Next;
                StreamRecord record = at.Value;
                if (record.Arrivals.RemoveAll(arrival => !Arrives(in arrival)) > 0) changed?.Invoke(record.Stream);
                if (record.Audience.RemoveAll(audience => !IsHeard(audience.Node, audience.Incarnation)) > 0) Sum(record);
                if (record.Arrivals.Count == 0 && record.Audience.Count == 0 && nowMs - record.HeardAtMs >= ForgottenAfterMs) Forget(at);
            }
            foreach (NodeStatus node in _nodes.Keys)
                if (node.Freshness == Freshness.Silent) _nodes.Remove(node);
        }
    }

    /// <summary>What is known of a stream; null when nothing is.</summary>
    /// <param name="stream">Hash of its name.</param>
    public StreamState? Find(ulong stream)
    {
        lock (_gate) return _streams.TryGetValue(stream, out LinkedListNode<StreamRecord>? record) ? StateOf(record.Value) : null;
    }

    /// <summary>The most watched streams, by viewers and then by hash, so that a page can follow another.</summary>
    /// <param name="after">The last one of the page before; null for the first page.</param>
    /// <param name="count">How many, at most.</param>
    public ImmutableArray<StreamState> Top((long Viewers, ulong Stream)? after, int count)
    {
        lock (_gate)
        {
            // The least of those that are kept lies on top, so that a list of millions is walked once and never sorted.
            var kept = new PriorityQueue<StreamRecord, (long Viewers, ulong Last)>();
            foreach (StreamRecord record in _byAge)
            {
                (long, ulong) rank = (record.Viewers, ~record.Stream);
                if (after is { } last && rank.CompareTo((last.Viewers, ~last.Stream)) >= 0) continue;
                if (kept.Count < count) kept.Enqueue(record, rank);
                else kept.EnqueueDequeue(record, rank);
            }
            var top = new StreamState[kept.Count];
            for (int i = top.Length - 1; i >= 0; i--) top[i] = StateOf(kept.Dequeue());
            return ImmutableCollectionsMarshalOf(top);
        }
    }

    private static ImmutableArray<StreamState> ImmutableCollectionsMarshalOf(StreamState[] states) =>
        System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(states);

    private StreamRecord Touch(ulong stream, long nowMs)
    {
        if (_streams.TryGetValue(stream, out LinkedListNode<StreamRecord>? known)) _byAge.Remove(known);
        else _streams[stream] = known = new LinkedListNode<StreamRecord>(new StreamRecord(stream));
        known.Value.HeardAtMs = nowMs;
        _byAge.AddLast(known);
        if (_streams.Count > capacity && _byAge.First is { } oldest)
        {
            if (oldest.Value.Arrivals.Count + oldest.Value.Audience.Count > 0) Interlocked.Increment(ref _evicted);
            Forget(oldest);
        }
        return known.Value;
    }

    private void Forget(LinkedListNode<StreamRecord> record)
    {
        _streams.Remove(record.Value.Stream);
        _byAge.Remove(record);
    }

    private static void ApplyAudience(StreamRecord record, NodeStatus node, StreamLoad load, long incarnation)
    {
        int place = record.Audience.FindIndex(audience => ReferenceEquals(audience.Node, node));
        if (load.Viewers == 0)
        {
            if (place < 0) return;
            record.Audience.RemoveAt(place);
        }
        else
        {
            var audience = new AudienceAt(node, load.Viewers, load.EgressKbps, incarnation);
            if (place < 0) record.Audience.Add(audience);
            else record.Audience[place] = audience;
        }
        Sum(record);
    }

    private static void ApplyArrival(StreamRecord record, NodeStatus node, NodeReports reports, StreamLoad load, long kbps, long incarnation, long atUnixMs)
    {
        int place = record.Arrivals.FindIndex(arrival => ReferenceEquals(arrival.Node, node));
        if (kbps == 0)
        {
            if (place >= 0) record.Arrivals.RemoveAt(place);
            return;
        }
        bool goesOn = place >= 0 && record.Arrivals[place].Incarnation == incarnation;
        var arrival = new Arrival(node, kbps, load.SinceUnixMs ?? (goesOn ? record.Arrivals[place].SinceUnixMs : atUnixMs), incarnation, reports.Count);
        if (place < 0) record.Arrivals.Add(arrival);
        else record.Arrivals[place] = arrival;
    }

    private static void Sum(StreamRecord record)
    {
        record.Viewers = 0;
        foreach (AudienceAt audience in record.Audience) record.Viewers += audience.Viewers;
    }

    private bool Arrives(in Arrival arrival) =>
        IsHeard(arrival.Node, arrival.Incarnation) && _nodes.TryGetValue(arrival.Node, out NodeReports? reports) && reports.StillNames(arrival.NamedAt);

    /// <summary>True while a node speaks and is the process that said so. One that fell silent because of us is taken to go on.</summary>
    private static bool IsHeard(NodeStatus node, long incarnation) =>
        (node.Freshness != Freshness.Silent || node.SilenceIsOurs) && node.Report.Incarnation == incarnation;

    private StreamState StateOf(StreamRecord record) =>
        new(record.Stream, record.Viewers, [.. record.Arrivals.Where(arrival => Arrives(in arrival)).OrderBy(Rank)], [.. record.Audience]);

    /// <summary>
    /// The order in which arrivals are home: those on nodes that stay before those on nodes that are to be left, then the oldest, then the lowest number. So a home
    /// stays home while it arrives, a backup takes over when it stops, a publisher that a drain moves takes the home along as soon as his new entry arrives, and
    /// every replica that hears the same reports finds the same.
    /// </summary>
    private static (bool Leaves, long SinceUnixMs, int Number) Rank(Arrival arrival) =>
        (!arrival.Node.Order.Open, arrival.SinceUnixMs, arrival.Node.Node.Number);
}
