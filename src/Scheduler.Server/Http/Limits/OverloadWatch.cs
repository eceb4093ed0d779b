using Scheduler.Server.Hosting;
using Scheduler.State;

namespace Scheduler.Server.Http.Limits;

/// <summary>Measures, and moves the gate. A thread of its own: what watches the pool must not wait in it.</summary>
internal sealed partial class OverloadWatch(
    OverloadOptions options, AdmissionGate gate, RefusalPacer pacer, SchedulerClock clock, IHostApplicationLifetime lifetime,
    ILogger<OverloadWatch> log) : IHostedService, IDisposable
{
    /// <summary>Time between two measurements, and one tick of the pacer, ms.</summary>
    public const int TickMs = 5;

    private const int IntervalMs = 4 * TickMs;

    /// <summary>More than a work item needs, ms: a queue can be no longer in time, by our own making, than its items at this.</summary>
    private const double MostMsPerItem = 0.1;

    /// <summary>Without pressure for this long, the overload is over, ms.</summary>
    private const long QuietMs = 10_000;

    private readonly ManualResetEventSlim _stop = new();
    private readonly PoolDelayProbe _probe = new(clock.Time);
    private readonly OverloadController _controller = new(new OverloadRules(options.TargetMs, IntervalMs));
    private Thread? _thread;
    private bool _overloaded;
    private long _pressedAtMs;
    private double _delayMs;

    /// <summary>The least delay of the last interval, ms.</summary>
    public double DelayMs => Volatile.Read(ref _delayMs);

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.TargetMs <= 0) return Task.CompletedTask;
        _thread = new Thread(Watch) { IsBackground = true, Name = "overload watch", Priority = ThreadPriority.AboveNormal };
        lifetime.ApplicationStarted.Register(_thread.Start); // a start is busy, and nobody calls yet
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        _stop.Set();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Set();
        if (_thread is { IsAlive: true }) _thread.Join();
        _stop.Dispose();
    }

    private void Watch()
    {
        long before = clock.NowMs, refilled = before;
        while (!_stop.Wait(TickMs))
        {
            long now = clock.NowMs;
            gate.Refill(TimeSpan.FromMilliseconds(now - refilled));
            refilled = now;
            _controller.Observe(now, Math.Min(_probe.Measure().TotalMilliseconds, LongestByOurMakingMs()));
            gate.PressurePerMille = (int)(1_000 * _controller.Pressure);
            Volatile.Write(ref _delayMs, _controller.DelayMs);
            for (; before + TickMs <= now; before += TickMs) pacer.Advance(); // a late tick makes up for those it missed
            TellChanges(now);
        }
        gate.PressurePerMille = 0;
        while (pacer.Held > 0) pacer.Advance(); // who still waits is answered before the process ends
    }

    /// <summary>A neighbour that takes the processor delays a pool that is nearly empty as well; to refuse calls would not shorten that.</summary>
    private static double LongestByOurMakingMs() => ThreadPool.PendingWorkItemCount * MostMsPerItem / Environment.ProcessorCount;

    private void TellChanges(long now)
    {
        if (_controller.Pressure > 0)
        {
            _pressedAtMs = now;
            if (!_overloaded) Overloaded(_controller.DelayMs);
            _overloaded = true;
        }
        else if (_overloaded && now - _pressedAtMs > QuietMs)
        {
            _overloaded = false;
            Recovered();
        }
    }

    [LoggerMessage(EventId = 121, Level = LogLevel.Warning, Message = "Overloaded: work waits for {DelayMs:0} ms; new sessions are refused first")]
    private partial void Overloaded(double delayMs);

    [LoggerMessage(EventId = 122, Level = LogLevel.Information, Message = "No longer overloaded: nothing was refused for ten seconds")]
    private partial void Recovered();
}
