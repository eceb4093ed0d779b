using Scheduler.Server.Hosting;
using Scheduler.State.Auditing;
using Scheduler.State.Peers;
using Scheduler.State.Ports;

namespace Scheduler.Server.Auditing;

/// <summary>Writes the audit log beside the requests, and deletes what is older than the retention.</summary>
internal sealed partial class AuditService(AuditTrail trail, IAuditLog log, SchedulerOptions options, LeaderSeat seat, TimeProvider clock, ILogger<AuditService> logger)
    : BackgroundService
{
    private const int PruneAtOnce = 5_000;
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan PruneEvery = TimeSpan.FromHours(1);
    private DateTimeOffset _pruned;

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        // What was taken waits for the store; that is told once, not twice a second.
        Ticks.RunAsync(Step, clock, WriteAsync, Failed, Recovered, stoppingToken);

    private async ValueTask WriteAsync(CancellationToken cancellation)
    {
        await trail.WriteAsync(all: false, cancellation);
        await PruneAsync(cancellation);
    }

    /// <summary>A part at a time, with steps between: a store that was off for a month must not be held up for the month at once.</summary>
    private async ValueTask PruneAsync(CancellationToken cancellation)
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (!seat.Leads || now - _pruned < PruneEvery) return; // one replica is enough
        if (await log.PruneAsync(now - TimeSpan.FromDays(options.Audit.RetentionDays), PruneAtOnce, cancellation) < PruneAtOnce) _pruned = now;
    }

    [LoggerMessage(EventId = 160, Level = LogLevel.Error, Message = "The audit log cannot be written; calls go on and are recorded once the store takes them")]
    private partial void Failed(Exception fault);

    [LoggerMessage(EventId = 161, Level = LogLevel.Information, Message = "The audit log is written again")]
    private partial void Recovered();
}
