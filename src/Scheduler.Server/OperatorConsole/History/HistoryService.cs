using Scheduler.Server.Hosting;
using Scheduler.Server.OperatorConsole.Live;
using Scheduler.State.Planning;

namespace Scheduler.Server.OperatorConsole.History;

/// <summary>Takes a look at every site each <see cref="SiteHistory.Step"/>, apart from requests and planning.</summary>
internal sealed partial class HistoryService(SiteHistory history, SiteBoard board, PlanLoop plans, TimeProvider clock, ILogger<HistoryService> log) : BackgroundService
{
    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Ticks.RunAsync(SiteHistory.Step, clock, Look, Failed, Recovered, stoppingToken);

    /// <summary>Takes one look.</summary>
    internal void Look()
    {
        Dictionary<string, float> rtts = plans.Status is { } status ? PlannedRtts.BySite(status.InForce) : [];
        var points = new Dictionary<string, HistoryPoint>(StringComparer.Ordinal);
        foreach (SiteRow row in board.Rows())
        {
            var point = new HistoryPoint(
                row.Site.LoadBps / 1e6f, (float)row.Site.PriceMs, (int)Math.Min(int.MaxValue, row.Site.Sessions),
                (ushort)Math.Min(ushort.MaxValue, Math.Round(row.Site.Utilisation * 1_000)), row.StateCode);
            points[row.Site.Id] = rtts.TryGetValue(row.Site.Id, out float rtt) ? point with { RttMs = rtt } : point;
        }
        if (points.Count > 0) history.Add(clock.GetUtcNow(), points);
    }

    [LoggerMessage(EventId = 250, Level = LogLevel.Error, Message = "The console's history cannot be kept on; the rest of the console works")]
    private partial void Failed(Exception fault);

    [LoggerMessage(EventId = 251, Level = LogLevel.Information, Message = "The console's history is kept again")]
    private partial void Recovered();
}
