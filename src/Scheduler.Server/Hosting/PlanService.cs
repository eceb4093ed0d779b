using Scheduler.State;
using Scheduler.State.Control;
using Scheduler.State.Planning;

namespace Scheduler.Server.Hosting;

/// <summary>Drives the planner, apart from the control ticks: a solution may take as long as it takes, and no tick and no request waits for it.</summary>
internal sealed partial class PlanService(PlanLoop plans, DemandMeter meter, SnapshotPublisher publisher, SchedulerClock clock, ILogger<PlanService> log)
    : BackgroundService
{
    private bool _failing;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(PlanRules.IntervalMs), clock.Time);
        while (await timer.NextAsync(stoppingToken))
        {
            try
            {
                if (publisher.Current is not { } snapshot) continue;
                plans.Step(meter.Read(snapshot));
                if (_failing) Recovered();
                _failing = false;
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                // Dispatch goes on without a plan, and the next look may succeed. It is told once, not twice a second.
                if (!_failing) Failed(fault);
                _failing = true;
            }
        }
    }

    [LoggerMessage(EventId = 115, Level = LogLevel.Error, Message = "Planning failed; live load decides alone once the last plan is old, and further failures are not told one by one")]
    private partial void Failed(Exception fault);

    [LoggerMessage(EventId = 116, Level = LogLevel.Information, Message = "Planning succeeds again")]
    private partial void Recovered();
}
