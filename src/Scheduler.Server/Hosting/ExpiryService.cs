using Scheduler.State;
using Scheduler.State.Peers;

namespace Scheduler.Server.Hosting;

/// <summary>Ends the drains that have expired, at the replica that leads. A timer of its own, so that a store that hangs holds up neither the control ticks nor anything else.</summary>
internal sealed partial class ExpiryService(ConfigurationCentre centre, LeaderSeat seat, SchedulerClock clock, ILogger<ExpiryService> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        // An expired drain is not obeyed any longer; only its revision waits.
        Ticks.RunAsync(Interval, clock.Time, ExpireAsync, Failed, Recovered, stoppingToken);

    private async ValueTask ExpireAsync(CancellationToken cancellation)
    {
        if (seat.Leads) await centre.ExpireAsync(clock.UtcNow, cancellation, seat.Fence == 0 ? null : seat.Fence);
    }

    [LoggerMessage(EventId = 185, Level = LogLevel.Error, Message = "The end of drains cannot be stored; they are over all the same, and further failures are not told one by one")]
    private partial void Failed(Exception fault);

    [LoggerMessage(EventId = 186, Level = LogLevel.Information, Message = "The end of drains can be stored again")]
    private partial void Recovered();
}
