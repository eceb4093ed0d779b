using System.Collections.Immutable;
using Scheduler.Core.Geo;
using Scheduler.Core.Topology;
using Scheduler.Core.Units;
using Scheduler.Simulator.Scenarios;
using Scheduler.Simulator.Viewers;

namespace Scheduler.Simulator.Worlds;

/// <summary>Makes the world of a scenario. The same arguments give the same world.</summary>
public static class WorldBuilder
{
    /// <summary>Demand grows a little slower than the people of a place: large cities share their viewers' screens.</summary>
    internal const double PopulationExponent = 0.9;

    /// <summary>Sigma of the logarithm of a site's capacity around what its surroundings ask for.</summary>
    private const double CapacitySigma = 0.45;

    /// <summary>Nobody builds a site smaller than this share of the mean.</summary>
    private const double SmallestSite = 0.2;

    /// <summary>Builds the world.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="map">Cells with places and people.</param>
    /// <param name="cities">Where the sites of a generated fleet may stand.</param>
    /// <param name="seed">Seed of capacities, round-trip times and everything else.</param>
    /// <exception cref="ArgumentException">The map has no cells with people, or no cell that the scenario's demand names.</exception>
    public static World Build(Scenario scenario, CellMap map, IReadOnlyList<City> cities, int seed)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(map);
        ImmutableArray<WorldCell> cells = scenario.Demand.IsEmpty ? ByPopulation(scenario, map) : ByList(scenario, map);
        if (cells.IsEmpty) throw new ArgumentException("no cell of the map has viewers", nameof(scenario));
        Fleet fleet = Serving(scenario.Fleet ?? FleetGenerator.Generate(scenario.Sites, scenario.Nodes, cities, seed));
        float[] rtts = Rtts(cells, fleet, seed);
        if (scenario.Fleet is null) fleet = LayOut(scenario, cells, fleet, rtts, seed);
        if (scenario is { Fleet: null, Publishers: true }) fleet = Backbone.Lay(scenario, cells, fleet, rtts, seed);
        return new World(scenario, map, cells, fleet, rtts);
    }

    private static ImmutableArray<WorldCell> ByPopulation(Scenario scenario, CellMap map)
    {
        (int Index, Cell Cell, double Weight)[] largest =
        [
            .. map.Cells.Select((cell, i) => (Index: i, Cell: cell, Weight: Math.Pow(cell.Population, PopulationExponent)))
                .Where(c => c.Weight > 0)
                .OrderByDescending(c => c.Weight).ThenBy(c => c.Cell.Id, StringComparer.Ordinal)
                .Take(scenario.Cells),
        ];
        double total = largest.Sum(c => c.Weight * (scenario.Diurnal ? 1 : DayShape.Of(scenario, 0, c.Cell.Location.Longitude))), mbps = scenario.Sessions * (scenario.SessionKbps / 1_000.0);
        return [.. largest.Select(c => new WorldCell(c.Index, c.Cell, mbps * c.Weight / total))];
    }

    private static ImmutableArray<WorldCell> ByList(Scenario scenario, CellMap map) =>
    [
        .. scenario.Demand.Where(d => d.Mbps > 0)
            .Select(d => map.TryFind(d.Cell, out int index) ? new WorldCell(index, map.Cells[index], d.Mbps) : null)
            .OfType<WorldCell>(),
    ];

    /// <summary>The fleet without the nodes that serve no viewers: neither a policy nor the bound may fill them. Their sites stay, as upstreams.</summary>
    private static Fleet Serving(Fleet fleet) => fleet with { Nodes = [.. fleet.Nodes.Where(node => node.Roles.HasFlag(NodeRoles.Edge))] };

    private static float[] Rtts(ImmutableArray<WorldCell> cells, Fleet fleet, int seed)
    {
        var rtts = new float[cells.Length * fleet.Sites.Length];
        ulong salt = Chance.Mix((ulong)(uint)seed + 1);
        for (int c = 0; c < cells.Length; c++)
            for (int s = 0; s < fleet.Sites.Length; s++)
            {
                ulong pair = salt ^ (((ulong)(uint)c << 32) | (uint)s);
                rtts[(c * fleet.Sites.Length) + s] = (float)RttField.Ms(cells[c].Cell.Location, fleet.Sites[s].Location, pair);
            }
        return rtts;
    }

    /// <summary>
    /// Gives each site what the cells that it is nearest to ask for in their evening, give or take, over the scenario's pressure; and each of
    /// its nodes an even part.
    /// </summary>
    private static Fleet LayOut(Scenario scenario, ImmutableArray<WorldCell> cells, Fleet fleet, float[] rtts, int seed)
    {
        int sites = fleet.Sites.Length;
        var local = new double[sites];
        for (int c = 0; c < cells.Length; c++)
        {
            ReadOnlySpan<float> row = rtts.AsSpan(c * sites, sites);
            int nearest = 0;
            for (int s = 1; s < sites; s++)
                if (row[s] < row[nearest]) nearest = s;
            local[nearest] += cells[c].Mbps * DayShape.Peak;
        }
        double mean = local.Sum() / sites;
        var chance = new Chance(seed, Purposes.Capacity);
        double[] wanted = [.. local.Select(mbps => Math.Max(mbps, SmallestSite * mean) * Math.Exp(CapacitySigma * chance.NextNormal()))];
        double scale = local.Sum() / scenario.Pressure / wanted.Sum();
        long[] kbps = [.. wanted.Select(mbps => (long)(mbps * scale * 1_000))];
        Dictionary<string, int> bySite = fleet.Sites.Select((site, i) => (site.Id, i)).ToDictionary(s => s.Id, s => s.i);
        int[] counts = new int[sites];
        foreach (Node node in fleet.Nodes) counts[bySite[node.Site]]++;
        return fleet with
        {
            Sites =
            [
                .. fleet.Sites.Select((site, i) => site with
                {
                    EgressCap = BitRate.FromKbps(kbps[i]),
                    Upstreams = [.. site.Upstreams.Take(scenario.Upstreams)],
                }),
            ],
            Links = [.. fleet.Links.Where(link => fleet.Sites[bySite[link.Pop]].Upstreams.Take(scenario.Upstreams).Contains(link.Idc))],
            Nodes = [.. fleet.Nodes.Select(node => node with { Capacity = BitRate.FromKbps(kbps[bySite[node.Site]] / counts[bySite[node.Site]]) })],
        };
    }
}
