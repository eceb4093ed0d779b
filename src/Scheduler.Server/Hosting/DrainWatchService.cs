using Scheduler.State;
using Scheduler.State.Planning;

namespace Scheduler.Server.Hosting;

/// <summary>Drives the watch over what could be drained, apart from the planner, which never waits for it.</summary>
internal sealed partial class DrainWatchService(DrainWatch watch, SchedulerClock clock, ILogger<DrainWatchService> log) : BackgroundService
{
    private bool _failing;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(DrainWatch.IntervalMs), clock.Time);
        while (await timer.NextAsync(stoppingToken))
        {
            try
            {
                watch.Step();
                if (_failing) Recovered();
                _failing = false;
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                // The answers grow old, and say how old they are. It is told once, not four times a second.
                if (!_failing) Failed(fault);
                _failing = true;
            }
        }
    }

    [LoggerMessage(EventId = 117, Level = LogLevel.Error, Message = "Looking ahead at drains failed; what was found before is shown with its age, and further failures are not told one by one")]
    private partial void Failed(Exception fault);

    [LoggerMessage(EventId = 118, Level = LogLevel.Information, Message = "Looking ahead at drains succeeds again")]
    private partial void Recovered();
}
