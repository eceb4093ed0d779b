using Scheduler.State;
using Scheduler.State.Planning;

namespace Scheduler.Server.Hosting;

/// <summary>Drives the watch over what could be drained, apart from the planner, which never waits for it.</summary>
internal sealed partial class DrainWatchService(DrainWatch watch, SchedulerClock clock, ILogger<DrainWatchService> log) : BackgroundService
{
    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        // While it fails the answers grow old, and say how old they are.
        Ticks.RunAsync(TimeSpan.FromMilliseconds(DrainWatch.IntervalMs), clock.Time, watch.Step, Failed, Recovered, stoppingToken);

    [LoggerMessage(EventId = 117, Level = LogLevel.Error, Message = "Looking ahead at drains failed; what was found before is shown with its age, and further failures are not told one by one")]
    private partial void Failed(Exception fault);

    [LoggerMessage(EventId = 118, Level = LogLevel.Information, Message = "Looking ahead at drains succeeds again")]
    private partial void Recovered();
}
