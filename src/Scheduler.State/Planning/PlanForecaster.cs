using System.Collections.Immutable;
using Scheduler.Core.Capacity;
using Scheduler.Core.Drains;
using Scheduler.Core.Planning;
using Scheduler.Core.Policies;
using Scheduler.Core.Routing;
using Scheduler.Core.Topology;
using Scheduler.State.Control;

namespace Scheduler.State.Planning;

/// <summary>
/// Plans for configurations that are not in force: what the demand that is known now would cost under them, and how full the fullest site would be. Takes as
/// long as a plan from scratch takes, and changes nothing.
/// </summary>
/// <remarks>
/// Two forecasts compare: both are made from the same demand and the same reports. Load that no known session explains stays where it is, and is left out where
/// its site has no capacity: no plan can move it. A node that nobody has heard counts as it is declared if the fleet does not have it yet, else as nothing.
/// </remarks>
/// <param name="control">Tells what nodes can carry.</param>
/// <param name="plans">Tells the demand.</param>
/// <param name="clock">The time.</param>
public sealed class PlanForecaster(ControlLoop control, PlanLoop plans, SchedulerClock clock)
{
    /// <summary>Plans for a configuration.</summary>
    /// <param name="configuration">Any configuration; sites that are new in it may have any numbers that no site has.</param>
    /// <returns>Null before the first plan, and when no site of the configuration can carry anything.</returns>
    public PlanForecast? Of(Configuration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        if (plans.Status?.InForce is not { } held) return null;
        FleetIndex fleet = FleetIndexBuilder.Build(configuration.Fleet, configuration.Numbers.Sites, configuration.Numbers.Nodes, null, clock.NowMs);
        double[] capacity = CapacityMbps(configuration, fleet, held.Snapshot);
        ImmutableArray<int> serving = [.. fleet.Sites.OfType<IndexedSite>().Where(site => site.Nodes.Any(n => IsEdge(fleet, n))).Select(site => site.Index)];
        if (serving.Length == 0 || capacity.Sum() == 0) return null; // nothing to share out, and no price that would be a number

        RttSource rtts = control.Rtts is { } book ? book.RttMs : RttSources.ByDistance;
        var rows = new PlanRows(held.Rows.Cells, ClassesOf(configuration.Policy, fleet, held), serving);
        PlanNetwork network = PlanNetworkBuilder.Build(rows, fleet, (cell, site) => (float)rtts(held.Snapshot.Candidates.Cells[cell], fleet.Sites[site]!));
        var problem = new PlanProblem(network, DemandMbps(held, rows, fleet, capacity), TermsOf(held, fleet, capacity));
        var solver = new PathEquilibration(network);
        solver.Start(problem);
        solver.Solve(PlanRules.Gap, PlanRules.MostSweeps);
        return Summary(solver.ToPlan(), fleet, serving);
    }

    /// <summary>The classes that are planned apart now, as the policy would have them; the viewers of one that it does not have are planned as all others.</summary>
    private static ImmutableArray<PlannedClass> ClassesOf(Policy policy, FleetIndex fleet, PlanInForce held)
    {
        ImmutableArray<CellPlace> cells = held.Snapshot.Candidates.Cells;
        return
        [
            new PlannedClass(StreamClassifier.Default, held.Snapshot.Policy.Cost, SiteFencesBuilder.Build(cells, fleet, policy.Fences, null)),
            .. policy.Classes.Where(streams => held.Rows.PlaceOf(streams.Id) is not null).Select(streams => new PlannedClass(
                streams.Id, streams.Weights.Over(held.Snapshot.Policy).Cost, SiteFencesBuilder.Build(cells, fleet, policy.Fences, streams))),
        ];
    }

    private static PlanForecast Summary(Plan plan, FleetIndex fleet, ImmutableArray<int> serving)
    {
        // A site without capacity that carries something is as overfull as can be; it has no utilisation of its own.
        int most = serving.MaxBy(site => plan.UtilisationOf(site) ?? 0);
        double capacity = 0;
        foreach (SiteTerms terms in plan.Problem.Terms) capacity += terms.CapacityMbps;
        return new PlanForecast(
            plan.Certificate.Cost, plan.UtilisationOf(most) ?? 0, fleet.Sites[most]!.Site.Id, plan.Certificate.IsFeasible, plan.Problem.TotalDemandMbps, capacity);
    }

    private double[] CapacityMbps(Configuration configuration, FleetIndex fleet, RoutingSnapshot now)
    {
        var drained = new HashSet<string>(StringComparer.Ordinal);
        foreach (Drain drain in configuration.Drains.Where(drain => drain.HoldsAt(clock.UtcNow)))
            foreach (int node in DrainTargets.Resolve(configuration.Fleet, drain.Target)) drained.Add(configuration.Fleet.Nodes[node].Id);
        Dictionary<string, NodeOverride> overrides = configuration.Overrides.ToDictionary(set => set.Node, StringComparer.Ordinal);
        var capacity = new double[fleet.Sites.Length];
        foreach (IndexedNode node in fleet.Nodes.OfType<IndexedNode>())
        {
            NodeOverride? set = overrides.GetValueOrDefault(node.Node.Id);
            if ((node.Node.Roles & NodeRoles.Edge) == 0 || drained.Contains(node.Node.Id) || set is { InService: false }) continue;
            capacity[node.SiteIndex] += OpenKbps(node, set?.Weight ?? 1, now) / 1_000.0;
        }
        return capacity;
    }

    /// <summary>What a node that no order keeps out can carry: by its reports if it is known, by its declaration if it is new.</summary>
    private double OpenKbps(IndexedNode node, double weight, RoutingSnapshot now)
    {
        long most = Math.Min(node.Node.Capacity.Kbps, node.SiteShareKbps);
        if (!now.Fleet.TryFindNode(node.Node.Id, out int index) || control.NodeAt(index) is not { } status) return weight * most;
        if (status.State != NodeState.Serving || status.Freshness is Freshness.Unheard or Freshness.Silent) return 0;
        long can = Math.Min(most, status.CapacityKbps), load = Math.Min(can, now.Load.NodeLoadKbps(index));
        return load + (weight * (can - load));
    }

    private static double[] DemandMbps(PlanInForce held, PlanRows rows, FleetIndex fleet, double[] capacity)
    {
        ReadOnlySpan<double> known = held.Plan.Problem.DemandMbps;
        var demand = new double[rows.Count];
        for (int row = 0; row < held.Rows.CellRows; row++)
            demand[rows.RowOf(rows.PlaceOf(held.Rows.ClassOf(row).Id) ?? 0, held.Rows.CellOf(row))] += known[row];
        for (int i = 0; i < held.Rows.Serving.Length; i++)
        {
            string id = held.Snapshot.Fleet.Sites[held.Rows.Serving[i]]!.Site.Id;
            if (!fleet.TryFindSite(id, out int site) || capacity[site] == 0) continue;
            int place = rows.Serving.IndexOf(site);
            if (place >= 0) demand[rows.CellRows + place] = known[held.Rows.CellRows + i];
        }
        return demand;
    }

    private static SiteTerms[] TermsOf(PlanInForce held, FleetIndex fleet, double[] capacity)
    {
        var terms = new SiteTerms[capacity.Length];
        for (int site = 0; site < terms.Length; site++)
        {
            CommitTerm? commit = fleet.Sites[site] is { } there && held.Snapshot.Fleet.TryFindSite(there.Site.Id, out int before)
                && held.Snapshot.Fleet.Sites[before]!.Tariff == there.Tariff ? held.Plan.Problem.Terms[before].Commit : null;
            terms[site] = new SiteTerms(capacity[site], held.Snapshot.Policy.Penalty, 0, commit);
        }
        return terms;
    }

    private static bool IsEdge(FleetIndex fleet, int node) => (fleet.Nodes[node]!.Node.Roles & NodeRoles.Edge) != 0;
}
