using System.Threading.Channels;
using Scheduler.Core.Dispatch;
using Scheduler.State.Peers;
using Scheduler.State.Upstreams;

namespace Scheduler.State.Sites;

/// <summary>
/// The threads that write sites: one per core, each the only writer of its share of them, each behind a bounded queue of batches. A full
/// queue refuses, so that a flood of reports costs memory to nobody.
/// </summary>
public sealed class ReportWriters : IAsyncDisposable
{
    private readonly Channel<Work>[] _queues;
    private readonly Task[] _loops;
    private readonly Func<SiteState[]> _sites;
    private readonly Func<StreamTable?> _streams;
    private readonly ReportRelay? _relay;
    private readonly UpstreamLoop? _upstreams;
    private long _applied;
    private long _outdated;

    /// <summary>A batch of reports for one writer, or what a peer assigned or heard of starts, or, without any, a tick.</summary>
    private readonly record struct Work(ArraySegment<ReportEnvelope> Reports, PeerIncrements? Increments, long TickMs, PeerStarts? Starts = null);

    /// <summary>Starts the writers.</summary>
    /// <param name="writers">How many, in [1, 64].</param>
    /// <param name="queueLength">Batches that may wait for each; at least 1.</param>
    /// <param name="sites">All sites there are now.</param>
    /// <param name="streams">Where measured streams go now; null while there is no such place.</param>
    /// <param name="relay">Is offered what was applied; null for a replica that can have no peers.</param>
    /// <param name="upstreams">Is left what was applied; null when nobody asks where streams come in.</param>
    public ReportWriters(int writers, int queueLength, Func<SiteState[]> sites, Func<StreamTable?> streams, ReportRelay? relay = null, UpstreamLoop? upstreams = null)
    {
        _relay = relay;
        _upstreams = upstreams;
        _sites = sites;
        _streams = streams;
        _queues = new Channel<Work>[writers];
        _loops = new Task[writers];
        for (int i = 0; i < writers; i++)
        {
            _queues[i] = Channel.CreateBounded<Work>(new BoundedChannelOptions(queueLength) { SingleReader = true });
            int writer = i;
            _loops[i] = Task.Run(() => WriteAsync(writer));
        }
    }

    /// <summary>How many writers there are.</summary>
    public int Count => _queues.Length;

    /// <summary>Reports applied since the start.</summary>
    public long Applied => Volatile.Read(ref _applied);

    /// <summary>Reports that came too late since the start.</summary>
    public long Outdated => Volatile.Read(ref _outdated);

    /// <summary>The writer of a site.</summary>
    public int WriterOf(SiteState site) => site.Index % _queues.Length;

    /// <summary>Hands a batch to a writer, whose reports must all be of sites that are its own.</summary>
    /// <returns>False when its queue is full; nothing was taken then.</returns>
    public bool TryPost(int writer, ArraySegment<ReportEnvelope> reports) => _queues[writer].Writer.TryWrite(new Work(reports, null, 0));

    /// <summary>Hands a peer's batch to a writer, waiting while its queue is full: so a peer that is faster than we are is slowed down.</summary>
    public ValueTask PostAsync(int writer, ArraySegment<ReportEnvelope> reports, CancellationToken cancellation) =>
        _queues[writer].Writer.WriteAsync(new Work(reports, null, 0), cancellation);

    /// <summary>Hands what a peer assigned to a writer, waiting likewise.</summary>
    public ValueTask PostAsync(int writer, PeerIncrements increments, CancellationToken cancellation) =>
        _queues[writer].Writer.WriteAsync(new Work(default, increments, 0), cancellation);

    /// <summary>Hands what a peer heard of starts to a writer, waiting likewise; after the reports it belongs to.</summary>
    public ValueTask PostAsync(int writer, PeerStarts starts, CancellationToken cancellation) =>
        _queues[writer].Writer.WriteAsync(new Work(default, null, 0, starts), cancellation);

    /// <summary>Lets time pass at all sites. A writer that is behind takes its tick later, or with the next.</summary>
    public void Tick(long nowMs)
    {
        foreach (Channel<Work> queue in _queues) queue.Writer.TryWrite(new Work(default, null, nowMs));
    }

    /// <summary>Takes no more and waits until what was taken is written.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (Channel<Work> queue in _queues) queue.Writer.TryComplete();
        await Task.WhenAll(_loops);
    }

    private async Task WriteAsync(int writer)
    {
        await foreach (Work work in _queues[writer].Reader.ReadAllAsync())
        {
            if (work.Increments is { } increments) Apply(increments);
            else if (work.Starts is { } starts) Apply(starts);
            else if (work.Reports.Array is null) TickSites(writer, work.TickMs);
            else Apply(work.Reports);
        }
    }

    private void TickSites(int writer, long nowMs)
    {
        foreach (SiteState site in _sites())
            if (WriterOf(site) == writer) site.Tick(nowMs);
    }

    private void Apply(ArraySegment<ReportEnvelope> reports)
    {
        StreamTable? streams = _streams();
        int applied = 0, heard = 0;
        Span<ReportEnvelope> batch = reports.AsSpan();
        foreach (ReportEnvelope envelope in batch)
        {
            if (ReportIntake.Apply(in envelope, streams, _upstreams) != ReportVerdict.Applied) continue;
            applied++;
            if (!envelope.IsRelayed) batch[heard++] = envelope; // over those that are done with
        }
        if (heard > 0) _relay?.Offer(batch[..heard]);
        Interlocked.Add(ref _applied, applied);
        Interlocked.Add(ref _outdated, reports.Count - applied);
    }

    private static void Apply(PeerStarts starts)
    {
        foreach (PeerStart start in starts.Nodes) start.Site.Apply(in start, starts.HeardAtMs);
    }

    private static void Apply(PeerIncrements increments)
    {
        foreach (PeerIncrement increment in increments.Nodes)
            increment.Site.Apply(increment.Node, increments.Peer, increment.AssignedKbps, increments.AreFirst, increments.HeardAtMs);
    }
}
