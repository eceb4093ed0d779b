using Scheduler.Server.Hosting;
using Scheduler.State;

namespace Scheduler.Server.Http.Limits;

/// <summary>Measures, and moves the gate. A thread of its own: what watches the pool must not wait in it.</summary>
internal sealed partial class OverloadWatch(
    OverloadOptions options, AdmissionGate gate, RefusalHold hold, SchedulerClock clock, IHostApplicationLifetime lifetime,
    ILogger<OverloadWatch> log) : IHostedService, IDisposable
{
    /// <summary>Time between two measurements, and one tick of the hold, ms.</summary>
    public const int TickMs = 5;

    /// <summary>
    /// Fewer calls than this between two measurements are no overload, however long they wait: a neighbour has the processor, and to refuse them would
    /// not give it back.
    /// </summary>
    private const int LeastCalls = 10;

    /// <summary>Without a refusal for this long, the overload is over, ms.</summary>
    private const long QuietMs = 10_000;

    private readonly ManualResetEventSlim _stop = new();
    private readonly PoolDelayProbe _probe = new(clock.Time);
    private readonly OverloadLevel _level = new(options.TargetMs);
    private Thread? _thread;
    private bool _overloaded;
    private long _refusedAtMs;
    private double _delayMs;

    /// <summary>How long work waits in the thread pool, ms.</summary>
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
        long before = clock.NowMs;
        int callsBefore = 0;
        while (!_stop.Wait(TickMs))
        {
            long now = clock.NowMs;
            double waitedMs = _probe.Measure().TotalMilliseconds;
            int calls = gate.Calls;
            _level.Observe(calls - callsBefore >= LeastCalls ? waitedMs : 0);
            callsBefore = calls;
            gate.Level = _level.Refused;
            Volatile.Write(ref _delayMs, _level.DelayMs);
            for (; before + TickMs <= now; before += TickMs) hold.Advance(); // a late tick makes up for those it missed
            TellChanges(now);
        }
        gate.Level = 0;
        while (hold.Held > 0) hold.Advance(); // who still waits is answered before the process ends
    }

    private void TellChanges(long now)
    {
        if (_level.Refused > 0)
        {
            _refusedAtMs = now;
            if (!_overloaded) Overloaded(_level.DelayMs);
            _overloaded = true;
        }
        else if (_overloaded && now - _refusedAtMs > QuietMs)
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
