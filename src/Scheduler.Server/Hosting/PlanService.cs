using Scheduler.State;
using Scheduler.State.Control;
using Scheduler.State.Peers;
using Scheduler.State.Planning;

namespace Scheduler.Server.Hosting;

/// <summary>Drives the planner, apart from the control ticks: a solution may take as long as it takes, and no tick and no request waits for it.</summary>
internal sealed partial class PlanService(
    PlanLoop plans, DemandMeter meter, PeerDemands peers, LeaderSeat seat, SnapshotPublisher publisher, SchedulerClock clock, ILogger<PlanService> log) : BackgroundService
{
    /// <summary>Who does not lead looks this many times less often: its plan is for previews, and for the day it leads.</summary>
    private const int FollowersPace = 10;

    private int _looks;

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        // While it fails dispatch goes on without a plan, and the next look may succeed.
        Ticks.RunAsync(TimeSpan.FromMilliseconds(PlanRules.IntervalMs), clock.Time, Step, Failed, Recovered, stoppingToken);

    private void Step()
    {
        bool leads = seat.Leads;
        if (publisher.Current is { } snapshot && (leads || _looks++ % FollowersPace == 0)) plans.Step(peers.With(meter.Read(snapshot)), leads);
    }

    [LoggerMessage(EventId = 115, Level = LogLevel.Error, Message = "Planning failed; live load decides alone once the last plan is old, and further failures are not told one by one")]
    private partial void Failed(Exception fault);

    [LoggerMessage(EventId = 116, Level = LogLevel.Information, Message = "Planning succeeds again")]
    private partial void Recovered();
}
