using System.Threading.Channels;
using Scheduler.State.Sites;

namespace Scheduler.State.Upstreams;

/// <summary>
/// Keeps what is known of streams and links up to date. The writers of sites leave it every report they applied; <see cref="Step"/> takes them in, so that what
/// streams do holds up neither a writer nor a request.
/// </summary>
public sealed class UpstreamLoop
{
    /// <summary>Time between two steps, ms.</summary>
    public const int StepMs = 100;

    private const int QueueLength = 65_536;
    private const long SweepMs = 1_000;

    private readonly SchedulerClock _clock;
    private readonly Channel<ReportEnvelope> _reports;
    private long _dropped;
    private long _sweptAtMs = long.MinValue / 2;

    /// <summary>A loop that knows nothing yet.</summary>
    /// <param name="clock">The time.</param>
    /// <param name="streamCapacity">Streams remembered at once; over 0.</param>
    public UpstreamLoop(SchedulerClock clock, int streamCapacity)
    {
        _clock = clock;
        Streams = new StreamBook(streamCapacity);
        _reports = Channel.CreateBounded<ReportEnvelope>(
            new BoundedChannelOptions(QueueLength) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest },
            _ => Interlocked.Increment(ref _dropped));
    }

    /// <summary>Where each stream comes in and is watched.</summary>
    public StreamBook Streams { get; }

    /// <summary>Reports that came faster than they could be taken in, since the start.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Leaves a report that was applied to its site. Any thread; never waits.</summary>
    public void Offer(in ReportEnvelope envelope) => _reports.Writer.TryWrite(envelope);

    /// <summary>Takes in what was left, and once a second forgets what has ended. One thread at a time.</summary>
    public void Step()
    {
        while (_reports.Reader.TryRead(out ReportEnvelope envelope))
            Streams.Apply(envelope.Node, envelope.Report, envelope.ReceivedAtMs, envelope.ReceivedAtUnixMs);
        if (_clock.NowMs - _sweptAtMs < SweepMs) return;
        _sweptAtMs = _clock.NowMs;
        Streams.Sweep(_clock.NowMs);
    }
}
