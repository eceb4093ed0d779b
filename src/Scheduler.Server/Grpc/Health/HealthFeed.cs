using Scheduler.Server.Hosting;
using Scheduler.State;

namespace Scheduler.Server.Grpc.Health;

/// <summary>Looks whether players may be sent here while somebody watches, and tells when that changes.</summary>
internal sealed class HealthFeed(Readiness readiness, SchedulerClock clock) : BackgroundService
{
    /// <summary>Watchers at once; one more is refused. They need no key, so there must be an end to them.</summary>
    public const int MostWatchers = 1_000;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private volatile TaskCompletionSource _changed = NewSignal();
    private int _watchers;
    private bool _served;

    /// <summary>True when players may be sent here.</summary>
    public bool Serves => readiness.Waiting().Count == 0;

    /// <summary>Ends at the next change; to be asked for before <see cref="Serves"/> is.</summary>
    public Task Next => _changed.Task;

    /// <summary>One more watches; false when there are too many.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _watchers) <= MostWatchers) return true;
        Leave();
        return false;
    }

    /// <summary>One watches no more.</summary>
    public void Leave() => Interlocked.Decrement(ref _watchers);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock.Time);
        while (await timer.NextAsync(stoppingToken))
        {
            if (Volatile.Read(ref _watchers) == 0) continue;
            bool serves = Serves;
            if (serves == _served) continue;
            _served = serves;
            Interlocked.Exchange(ref _changed, NewSignal()).SetResult();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
