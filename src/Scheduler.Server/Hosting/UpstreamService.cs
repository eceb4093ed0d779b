using Scheduler.State;
using Scheduler.State.Control;
using Scheduler.State.Upstreams;

namespace Scheduler.Server.Hosting;

/// <summary>Drives what is known of streams and links, apart from the control tick, which never waits for it.</summary>
internal sealed partial class UpstreamService(ControlLoop control, SchedulerClock clock, ILogger<UpstreamService> log) : BackgroundService
{
    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Ticks.RunAsync(TimeSpan.FromMilliseconds(UpstreamLoop.StepMs), clock.Time, control.Upstreams.Step, Failed, Recovered, stoppingToken);

    [LoggerMessage(EventId = 145, Level = LogLevel.Error, Message = "Taking in where streams come in failed; homes stay as they were, and further failures are not told one by one")]
    private partial void Failed(Exception fault);

    [LoggerMessage(EventId = 146, Level = LogLevel.Information, Message = "Taking in where streams come in succeeds again")]
    private partial void Recovered();
}
