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
        long before = clock.NowMs;
        while (!_stop.Wait(TickMs))
        {
            long now = clock.NowMs;
            gate.Refill(TimeSpan.FromMilliseconds(now - before));
            before = now;
            _controller.Observe(now, _probe.Measure().TotalMilliseconds);
            gate.PressurePerMille = (int)(1_000 * _controller.Pressure);
            Volatile.Write(ref _delayMs, _controller.DelayMs);
            pacer.Advance();
            TellChanges(now);
        }
        gate.PressurePerMille = 0;
        while (pacer.Held > 0) pacer.Advance(); // who still waits is answered before the process ends
    }

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
