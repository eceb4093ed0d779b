using System.Collections.Immutable;
using Scheduler.Core.Planning;
using Scheduler.Core.Routing;
using Scheduler.Core.Topology;
using Scheduler.Protocol.Admin;
using Scheduler.Server.Endpoints.Admin;
using Scheduler.State;
using Scheduler.State.Control;
using Scheduler.State.Peers;
using Scheduler.State.Planning;

namespace Scheduler.Server.Endpoints.Live;

/// <summary>A plan as it is told to operators, and kept in a shared store.</summary>
internal sealed class PlanView(ControlLoop control, SchedulerClock clock, LeaderSeat seat, PeerBook? book = null)
{
    private const double BitsPerMbit = 1e6;

    /// <summary>The plan, with the prices that are in force here: those of this replica's plan where it leads, else the leader's.</summary>
    /// <param name="status">How the planner stands.</param>
    /// <param name="cells">Cells to tell the fractions of; null for none.</param>
    public PlanMessage Of(PlanStatus status, IReadOnlyList<PlanCellMessage>? cells)
    {
        PlanInForce held = status.InForce;
        PlanPrices prices = control.Prices ?? status.Prices;
        bool holds = prices.HoldAt(clock.NowMs);
        return new PlanMessage(
            held.Version, held.Snapshot.Revision, holds ? "current" : "stale", prices.AgeMs(clock.NowMs), clock.NowMs - held.SolvedAtMs,
            WireNames.Of(held.Reason), Math.Round(held.TookMs, 3), held.Sweeps, Bps(held.Plan.Problem.TotalDemandMbps), status.Cost, Math.Min(status.Cost, status.Latest.LowerBound),
            Math.Round(status.Gap, 6), held.Plan.Certificate.IsFeasible,
            [.. SitesOf(held, holds ? prices.AskedMs : []).OrderByDescending(s => s.PriceMs).ThenBy(s => s.Site, StringComparer.Ordinal)], cells)
        {
            Leader = book is null ? null : seat.Leader,
        };
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

    /// <summary>Where the viewers of a cell are meant to go: of all streams, then of those classes that are planned apart and have viewers there.</summary>
    /// <param name="held">The plan.</param>
    /// <param name="cell">Dense index of the cell.</param>
    public static IEnumerable<PlanCellMessage> CellsOf(PlanInForce held, int cell)
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
