using Scheduler.Server.Demo;
using Scheduler.Server.Endpoints.Admin.Watching;
using Scheduler.State;
using Scheduler.State.Control;
using Scheduler.State.Sessions;
using Scheduler.State.Sites;

namespace Scheduler.Server.Hosting;

/// <summary>Drives the slow side: a tick each <see cref="ControlLoop.TickMs"/>, and each second what needs no more.</summary>
internal sealed partial class ControlService(
    ControlLoop control, ReportWriters writers, SessionDesk desk, GeographySource geography, SchedulerClock clock,
    DrainNews drains, OperationsWatch operations, ILogger<ControlService> log, DemoNodes? demo = null) : BackgroundService
{
    private const int TicksPerSecond = 1_000 / ControlLoop.TickMs;
    private const int TicksPerGeoCheck = 5 * TicksPerSecond;
    private bool _failing;
    private bool _frozen;
    private int _panicked;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await geography.RefreshAsync(stoppingToken);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(ControlLoop.TickMs), clock.Time);
        for (int tick = 0; await timer.NextAsync(stoppingToken); tick++)
        {
            try
            {
                writers.Tick(clock.NowMs);
                control.Tick();
                TellChanges();
                if (tick % TicksPerSecond == 0) EachSecond();
                if (tick % TicksPerGeoCheck == 0) await geography.RefreshAsync(stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                // The loop must go on whatever one tick met. It is told once, not each second.
                if (!_failing) TickFailed(fault);
                _failing = true;
            }
        }
    }

    private void EachSecond()
    {
        demo?.Report();
        desk.Tick();
        operations.Look();
        if (_failing) TickRecovered();
        _failing = false;
    }

    private void TellChanges()
    {
        if (control.Frozen != _frozen)
        {
            _frozen = control.Frozen;
            if (_frozen) Froze();
            else Thawed();
        }
        drains.Tell();
        if (control.PanickedRegions != _panicked) Panicked(_panicked = control.PanickedRegions);
    }

    [LoggerMessage(EventId = 110, Level = LogLevel.Warning, Message = "Most sites fell silent at once: their last states are served from (frozen)")]
    private partial void Froze();

    [LoggerMessage(EventId = 111, Level = LogLevel.Information, Message = "Sites are heard again: live states are served from")]
    private partial void Thawed();

    [LoggerMessage(EventId = 112, Level = LogLevel.Warning, Message = "Regions in panic, where players' failure reports are not believed: {Regions}")]
    private partial void Panicked(int regions);

    [LoggerMessage(EventId = 113, Level = LogLevel.Error, Message = "A control tick failed; the next ones follow, and their failures are not told one by one")]
    private partial void TickFailed(Exception fault);

    [LoggerMessage(EventId = 114, Level = LogLevel.Information, Message = "Control ticks succeed again")]
    private partial void TickRecovered();
}
