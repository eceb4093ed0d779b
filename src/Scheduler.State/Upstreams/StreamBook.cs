using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Scheduler.Core.Capacity;
using Scheduler.Core.Upstreams;
using Scheduler.State.Sites;

namespace Scheduler.State.Upstreams;

/// <summary>
/// Where each stream comes in and where it is watched, as the nodes' reports tell: the one place from which homes are derived. Bounded: the stream that no report
/// spoke of for the longest makes room. Reports are applied by one thread, which writes <see cref="Homes"/> as well; others ask at any time.
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
    private long _homeChanges;

    /// <summary>Where streams come in, in the form that questions are answered from.</summary>
    public StreamHomes Homes { get; } = new();

    /// <summary>How often the home or the backup of a stream became another, since the start.</summary>
    public long HomeChanges => Volatile.Read(ref _homeChanges);

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
                if (load.IngressKbps is not { } kbps) continue;
                ApplyArrival(record, node, reports, load, kbps, report.Incarnation, report.AtUnixMs ?? unixMs);
                PutHome(record, nowMs);
            }
        }
    }

    /// <summary>
    /// Forgets what has ended: streams that a node does not name any more, nodes that are silent, have started anew or left the fleet, streams of which nothing is
    /// left. Homes follow, and what operators have ordered meanwhile.
    /// </summary>
    /// <param name="nowMs">Monotonic ms.</param>
    /// <param name="isKnown">True for a node that is in the fleet.</param>
    public void Sweep(long nowMs, Func<NodeStatus, bool> isKnown)
    {
        ArgumentNullException.ThrowIfNull(isKnown);
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
                bool arrived = record.Arrivals.Count > 0;
                record.Arrivals.RemoveAll(arrival => !Arrives(in arrival) || !isKnown(arrival.Node));
                if (arrived) PutHome(record, nowMs);
                if (record.Audience.RemoveAll(audience => !IsHeard(audience.Node, audience.Incarnation) || !isKnown(audience.Node)) > 0) Sum(record);
                if (record.Arrivals.Count == 0 && record.Audience.Count == 0 && nowMs - record.HeardAtMs >= ForgottenAfterMs) Forget(at);
            }
            foreach (NodeStatus node in _nodes.Keys)
                if (node.Freshness == Freshness.Silent || !isKnown(node)) _nodes.Remove(node);
        }
    }

    /// <summary>What arrives of a stream at its home, kbit/s; null while nothing does.</summary>
    /// <param name="stream">Hash of its name.</param>
    public long? ArrivingKbps(ulong stream)
    {
        lock (_gate)
        {
            if (!_streams.TryGetValue(stream, out LinkedListNode<StreamRecord>? record) || record.Value.Arrivals.Count == 0) return null;
            return record.Value.Arrivals.MinBy(Rank).Kbps;
        }
    }

    /// <summary>Counts the streams that arrive at each node.</summary>
    /// <param name="byNode">Output, by node index.</param>
    public void CountArrivals(Span<int> byNode)
    {
        byNode.Clear();
        lock (_gate)
        {
            foreach ((NodeStatus node, NodeReports reports) in _nodes)
                if (node.Node.Index < byNode.Length) byNode[node.Node.Index] = reports.Arrivals;
        }
    }

    /// <summary>Walks the streams that are watched somewhere.</summary>
    /// <param name="found">Is given each stream and the sites where it is watched. Must not ask this book.</param>
    public void ForEachWatched(Action<ulong, IReadOnlyList<AudienceAt>> found)
    {
        ArgumentNullException.ThrowIfNull(found);
        lock (_gate)
        {
            foreach (StreamRecord record in _byAge)
                if (record.Audience.Count > 0) found(record.Stream, record.Audience);
        }
    }

    /// <summary>What is known of a stream; null when nothing is.</summary>
    /// <param name="stream">Hash of its name.</param>
    public StreamState? Find(ulong stream)
    {
        lock (_gate) return _streams.TryGetValue(stream, out LinkedListNode<StreamRecord>? record) ? StateOf(record.Value) : null;
    }

    /// <summary>The most watched streams, by viewers and then by hash.</summary>
    /// <param name="skip">How many to pass over; at least 0.</param>
    /// <param name="count">How many to tell, at most.</param>
    public ImmutableArray<StreamState> Top(int skip, int count)
    {
        lock (_gate)
        {
            // The least of those that are kept lies on top, so that a long list is walked once and never sorted.
            var kept = new PriorityQueue<StreamRecord, (long Viewers, ulong Last)>();
            long most = (long)skip + count;
            foreach (StreamRecord record in _byAge)
            {
                if (kept.Count < most) kept.Enqueue(record, (record.Viewers, ~record.Stream));
                else kept.EnqueueDequeue(record, (record.Viewers, ~record.Stream));
            }
            var top = new StreamState[Math.Max(0, kept.Count - skip)];
            for (int i = top.Length - 1; i >= 0; i--) top[i] = StateOf(kept.Dequeue());
            return ImmutableCollectionsMarshal.AsImmutableArray(top);
        }
    }

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

    private void PutHome(StreamRecord record, long nowMs)
    {
        Arrival? home = null, backup = null;
        foreach (Arrival arrival in record.Arrivals)
        {
            if (!Arrives(in arrival)) continue;
            if (home is not { } first || Rank(arrival).CompareTo(Rank(first)) < 0) (home, backup) = (arrival, home);
            else if (backup is not { } second || Rank(arrival).CompareTo(Rank(second)) < 0) backup = arrival;
        }
        StreamHome? found = home is { } at ? new StreamHome(at.Node.Node.Index, backup?.Node.Node.Index) : null;
        if (Homes.Become(record.Stream, found, nowMs / 1_000)) Interlocked.Increment(ref _homeChanges);
    }

    private void Forget(LinkedListNode<StreamRecord> record)
    {
        Homes.Become(record.Value.Stream, null, 0);
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
