using System.Collections.Immutable;
using Scheduler.Core.Geo;
using Scheduler.Core.Topology;
using Scheduler.Simulator.Scenarios;

namespace Scheduler.Simulator.Worlds;

/// <summary>
/// What is true in a run, whatever the scheduler believes: cells and their demand, the fleet, round-trip times, and what it costs to serve a cell
/// from a site. Cells, sites and nodes are counted from 0, sites and nodes in the fleet's order.
/// </summary>
public sealed class World
{
    private readonly float[] _rtts;
    private readonly double[] _costs;

    internal World(Scenario scenario, CellMap map, ImmutableArray<WorldCell> cells, Fleet fleet, float[] rtts)
    {
        Scenario = scenario;
        Map = map;
        Cells = cells;
        Fleet = fleet;
        _rtts = rtts;
        _costs = new double[rtts.Length];
        Dictionary<string, Tariff> tariffs = fleet.Tariffs.ToDictionary(t => t.Id);
        Tariffs = [.. fleet.Sites.Select(site => tariffs[site.Tariff])];
        SiteOfNode = new int[fleet.Nodes.Length];
        NodesOfSite = [.. fleet.Sites.Select(site => fleet.NodesOf(site.Id))];
        for (int s = 0; s < NodesOfSite.Length; s++) SiteOfNode.AsSpan(NodesOfSite[s]).Fill(s);
        for (int c = 0; c < cells.Length; c++)
            for (int s = 0; s < fleet.Sites.Length; s++) Price(c, s);
    }

    /// <summary>What is simulated.</summary>
    public Scenario Scenario { get; }

    /// <summary>The map that the production code is given.</summary>
    public CellMap Map { get; }

    /// <summary>Cells that viewers come from.</summary>
    public ImmutableArray<WorldCell> Cells { get; }

    /// <summary>The fleet.</summary>
    public Fleet Fleet { get; }

    /// <summary>Tariff of each site.</summary>
    public ImmutableArray<Tariff> Tariffs { get; }

    /// <summary>The site of each node.</summary>
    internal int[] SiteOfNode { get; }

    /// <summary>The nodes of each site.</summary>
    internal ImmutableArray<Range> NodesOfSite { get; }

    /// <summary>Round-trip time now, ms.</summary>
    public float RttMs(int cell, int site) => _rtts[(cell * Fleet.Sites.Length) + site];

    /// <summary>Round-trip times of a cell to every site, ms.</summary>
    public ReadOnlySpan<float> RttsOf(int cell) => _rtts.AsSpan(cell * Fleet.Sites.Length, Fleet.Sites.Length);

    /// <summary>What one Mbit/s of a cell costs at a site before load, ms-equivalents.</summary>
    public double CostMs(int cell, int site) => _costs[(cell * Fleet.Sites.Length) + site];

    /// <summary>Costs of every pair, ms-equivalents: one row a cell.</summary>
    public ReadOnlySpan<double> Costs => _costs;

    /// <summary>Costs of a cell at every site, ms-equivalents.</summary>
    public ReadOnlySpan<double> CostsOf(int cell) => _costs.AsSpan(cell * Fleet.Sites.Length, Fleet.Sites.Length);

    /// <summary>Changes the round-trip times to a site.</summary>
    internal void ScaleRtts(int site, double factor)
    {
        for (int c = 0; c < Cells.Length; c++)
        {
            _rtts[(c * Fleet.Sites.Length) + site] *= (float)factor;
            Price(c, site);
        }
    }

    private void Price(int cell, int site)
    {
        int pair = (cell * Fleet.Sites.Length) + site;
        _costs[pair] = Core.Routing.SiteCost.Default.Of(_rtts[pair], Tariffs[site].PricePerMbps);
    }
}
