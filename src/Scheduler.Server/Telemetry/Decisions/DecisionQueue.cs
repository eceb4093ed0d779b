using System.Threading.Channels;
using Scheduler.Server.Hosting;
using Scheduler.State;
using Scheduler.State.Sessions;

namespace Scheduler.Server.Telemetry.Decisions;

/// <summary>Decisions on their way to the log. Bounded: what comes faster than it can be written is dropped and counted.</summary>
internal sealed class DecisionQueue : IDecisionObserver
{
    private const int Length = 4_096;

    private readonly Channel<(DateTimeOffset At, ObservedDecision Decision)> _decisions =
        Channel.CreateBounded<(DateTimeOffset, ObservedDecision)>(new BoundedChannelOptions(Length) { SingleReader = true });

    private readonly SchedulerClock _clock;
    private readonly ulong _below;
    private readonly bool _isAll;
    private long _dropped;

    private DecisionQueue(double sample, SchedulerClock clock) =>
        (_clock, _isAll, _below) = (clock, sample >= 1, sample >= 1 ? 0 : (ulong)(sample * ulong.MaxValue));

    /// <summary>A queue for a share of the sessions; null where none are kept.</summary>
    public static DecisionQueue? Of(DecisionLogOptions options, SchedulerClock clock) => options.Sample > 0 ? new DecisionQueue(options.Sample, clock) : null;

    /// <summary>Decisions that are not in the log though they should be.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Where they come out.</summary>
    public ChannelReader<(DateTimeOffset At, ObservedDecision Decision)> Reader => _decisions.Reader;

    /// <inheritdoc/>
    /// <remarks>Identities are spread evenly over all numbers, so a share of the numbers is that share of the sessions.</remarks>
    public bool Observes(ulong session) => _isAll || session < _below;

    /// <inheritdoc/>
    public void Observe(ObservedDecision decision)
    {
        if (!_decisions.Writer.TryWrite((_clock.UtcNow, decision))) Drop(1);
    }

    /// <summary>Counts decisions that could not be written.</summary>
    public void Drop(int decisions) => Interlocked.Add(ref _dropped, decisions);

    /// <summary>Takes no more; what is queued still comes out.</summary>
    public void Close() => _decisions.Writer.TryComplete();
}
