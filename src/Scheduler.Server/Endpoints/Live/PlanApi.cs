using System.Collections.Immutable;
using Scheduler.Core.Planning;
using Scheduler.Core.Routing;
using Scheduler.Core.Topology;
using Scheduler.Protocol.Admin;
using Scheduler.Server.Endpoints.Admin;
using Scheduler.Server.Security;
using Scheduler.State;
using Scheduler.State.Planning;

namespace Scheduler.Server.Endpoints.Live;

/// <summary>Tells the plan: prices by site, the proof, and on request where a cell's viewers are meant to go.</summary>
internal sealed class PlanApi(PlanLoop plans, SchedulerClock clock)
{
    private const double BitsPerMbit = 1e6;

    /// <summary>Maps the call below the admin API's root.</summary>
    public void Map(IEndpointRouteBuilder admin) => admin.MapGet("/plan", Get).RequireRole(AdminRole.Viewer)
        .WithSummary("The plan in force: prices, fractions of the cells asked for, and the proof.")
        .Produces<PlanMessage>().Refuses(StatusCodes.Status404NotFound);

    private IResult Get(string[]? cell)
    {
        if (plans.Status is not { } status) return Problem.NotFound("There is no plan yet: one is made as soon as a site has reported capacity.");
        CandidateTable table = status.InForce.Snapshot.Candidates;
        var cells = new List<PlanCellMessage>();
        foreach (string id in cell ?? [])
        {
            int found = Enumerable.Range(0, table.Cells.Length).FirstOrDefault(i => table.Cells[i].Id == id, -1);
            if (found < 0) return Problem.NotFound($"There is no cell '{id}'.");
            cells.AddRange(CellsOf(status.InForce, found));
        }
        return Results.Json(PlanOf(status, cells is [] ? null : cells), AdminJson.Wire.PlanMessage);
    }

    private PlanMessage PlanOf(PlanStatus status, IReadOnlyList<PlanCellMessage>? cells)
    {
        PlanInForce held = status.InForce;
        bool holds = status.Prices.HoldAt(clock.NowMs);
        return new PlanMessage(
            held.Version, held.Snapshot.Revision, holds ? "current" : "stale", status.Prices.AgeMs(clock.NowMs), clock.NowMs - held.SolvedAtMs,
            WireNames.Of(held.Reason), Math.Round(held.TookMs, 3), held.Sweeps, Bps(held.Plan.Problem.TotalDemandMbps), status.Cost, Math.Min(status.Cost, status.Latest.LowerBound),
            Math.Round(status.Gap, 6), held.Plan.Certificate.IsFeasible,
            [.. SitesOf(held, holds ? status.Prices.AskedMs : []).OrderByDescending(s => s.PriceMs).ThenBy(s => s.Site, StringComparer.Ordinal)], cells);
    }

    private static IEnumerable<PlanSiteMessage> SitesOf(PlanInForce held, ImmutableArray<float> askedMs)
    {
        FleetIndex fleet = held.Snapshot.Fleet;
        foreach (IndexedSite? site in fleet.Sites)
        {
            if (site is null || !site.Nodes.Any(n => (fleet.Nodes[n]!.Node.Roles & NodeRoles.Edge) != 0)) continue;
            double asked = site.Index < askedMs.Length ? askedMs[site.Index] : 0;
            double? used = held.Plan.UtilisationOf(site.Index) is { } utilisation ? Math.Round(utilisation, 4) : null;
            yield return new PlanSiteMessage(
                site.Site.Id, Math.Round(asked, 2), Bps(held.Plan.LoadsMbps[site.Index]), Bps(held.Plan.Problem.Terms[site.Index].CapacityMbps), used);
        }
    }

    /// <summary>The cell as all streams have it, then as those classes have it that are planned apart and have viewers there.</summary>
    private static IEnumerable<PlanCellMessage> CellsOf(PlanInForce held, int cell)
    {
        yield return CellOf(held, cell);
        for (int place = 1; place < held.Rows.Classes.Length; place++)
        {
            int row = held.Rows.RowOf(place, cell);
            if (held.Plan.Problem.DemandMbps[row] > 0) yield return CellOf(held, row) with { Class = held.Rows.Classes[place].Id };
        }
    }

    private static PlanCellMessage CellOf(PlanInForce held, int row)
    {
        PlanNetwork network = held.Plan.Problem.Network;
        double demand = held.Plan.Problem.DemandMbps[row];
        var shares = new PlanShareMessage[network.SitesOf(row).Length];
        for (int k = 0; k < shares.Length; k++)
        {
            string site = held.Snapshot.Fleet.Sites[network.SitesOf(row)[k]]!.Site.Id;
            double share = demand > 0 ? held.Plan.TrafficOf(row)[k] / demand : 0;
            shares[k] = new PlanShareMessage(site, Math.Round(network.CostsOf(row)[k], 2), Math.Round(share, 4));
        }
        return new PlanCellMessage(held.Snapshot.Candidates.Cells[held.Rows.CellOf(row)].Id, Bps(demand), shares);
    }

    private static long Bps(double mbps) => (long)Math.Round(mbps * BitsPerMbit);
}
