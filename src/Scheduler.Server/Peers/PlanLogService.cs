using System.Text.Json;
using Scheduler.Core.Routing;
using Scheduler.Protocol.Admin;
using Scheduler.Server.Endpoints.Live;
using Scheduler.Server.Hosting;
using Scheduler.State;
using Scheduler.State.Control;
using Scheduler.State.Peers;
using Scheduler.State.Planning;
using Scheduler.State.Ports;

namespace Scheduler.Server.Peers;

/// <summary>
/// Keeps the leader's plan in the store, every 30 s, and begins with its prices while they are young: so a cluster that was started anew as a whole does not begin without any.
/// What a leader hands to the next is not this but what the followers know already.
/// </summary>
internal sealed partial class PlanLogService(
    IPlanLog plans, PlanLoop planner, PlanView view, LeaderSeat seat, ControlLoop control, SchedulerClock clock, ILogger<PlanLogService> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);
    private long? _writtenAtMs;
    private bool _hasBegun;
    private bool _failing;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, clock.Time);
        while (await timer.NextAsync(stoppingToken))
        {
            try
            {
                if (!_hasBegun && control.Publisher.Current is { } snapshot) await BeginAsync(snapshot, stoppingToken);
                if (seat.Leads && planner.Status is { } status && !(clock.NowMs - _writtenAtMs < Every.TotalMilliseconds)) await WriteAsync(status, stoppingToken);
                if (_failing) Recovered();
                _failing = false;
            }
            catch (Exception fault) when (fault is IOException or JsonException)
            {
                if (!_failing) Failed(fault);
                _failing = true;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async ValueTask BeginAsync(RoutingSnapshot snapshot, CancellationToken cancellation)
    {
        StoredPlan? kept = await plans.ReadAsync(cancellation);
        _hasBegun = true;
        // Calendars of two machines may differ by some seconds, which is of no matter to a plan of half a minute.
        long ageMs = kept is null ? long.MaxValue : (long)Math.Max(0, (clock.UtcNow - kept.At).TotalMilliseconds);
        if (ageMs >= PlanRules.OldestMs || control.Prices is not null) return;
        PlanMessage? plan = JsonSerializer.Deserialize(kept!.Content.Span, AdminJson.Wire.PlanMessage);
        float[] asked = new float[snapshot.Fleet.Sites.Length];
        foreach (PlanSiteMessage site in plan?.Sites ?? [])
            if (snapshot.Fleet.TryFindSite(site.Site, out int index)) asked[index] = (float)Math.Max(0, site.PriceMs);
        control.Apply(new PlanPrices([.. asked], clock.NowMs - ageMs));
    }

    private async ValueTask WriteAsync(PlanStatus status, CancellationToken cancellation)
    {
        long fence = seat.Fence;
        PlanMessage plan = view.Of(status, Cells(status.InForce));
        var stored = new StoredPlan(fence, clock.UtcNow, JsonSerializer.SerializeToUtf8Bytes(plan, AdminJson.Wire.PlanMessage));
        if (await plans.WriteAsync(stored, cancellation)) _writtenAtMs = clock.NowMs;
        else seat.Vacate(fence); // another leads, of whom we have not heard yet
    }

    /// <summary>Every cell that has demand, with the sites that get some of it.</summary>
    private static List<PlanCellMessage> Cells(PlanInForce held)
    {
        var cells = new List<PlanCellMessage>();
        for (int cell = 0; cell < held.Rows.Cells; cell++)
            foreach (PlanCellMessage told in PlanView.CellsOf(held, cell))
                if (told.DemandBps > 0) cells.Add(told with { Shares = [.. told.Shares.Where(share => share.Share > 0)] });
        return cells;
    }

    [LoggerMessage(EventId = 213, Level = LogLevel.Warning, Message = "The plan cannot be kept in the store; it holds all the same")]
    private partial void Failed(Exception fault);

    [LoggerMessage(EventId = 214, Level = LogLevel.Information, Message = "The plan is kept in the store again")]
    private partial void Recovered();
}
