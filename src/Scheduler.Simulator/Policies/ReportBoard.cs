using Scheduler.Simulator.Nodes;
using Scheduler.Simulator.Worlds;

namespace Scheduler.Simulator.Policies;

/// <summary>What one replica of a baseline knows: the last report of every node, and what it assigned since.</summary>
internal sealed class ReportBoard
{
    /// <summary>Periods without a report until a node counts as dead: as in the product.</summary>
    private const double SilentAfter = 6;

    private readonly World _world;
    private readonly long[] _egress;
    private readonly long[] _capacity;
    private readonly long[] _since;
    private readonly long?[] _heardAtMs;
    private readonly long[] _siteEgress;
    private readonly long[] _siteCapacity;
    private readonly long[] _siteSince;
    private readonly double _silentMs;

    /// <summary>A board that has heard nothing.</summary>
    public ReportBoard(World world)
    {
        _world = world;
        int nodes = world.Fleet.Nodes.Length, sites = world.Fleet.Sites.Length;
        _egress = new long[nodes];
        _capacity = new long[nodes];
        _since = new long[nodes];
        _heardAtMs = new long?[nodes];
        _siteEgress = new long[sites];
        Closed = new bool[sites];
        _siteCapacity = new long[sites];
        _siteSince = new long[sites];
        _silentMs = SilentAfter * world.Scenario.ReportS * 1_000;
    }

    /// <summary>Now, virtual ms.</summary>
    public long NowMs { get; set; }

    /// <summary>Takes in a report.</summary>
    public void Hear(in ReportCopy copy)
    {
        int node = copy.Node, site = _world.SiteOfNode[node];
        _siteEgress[site] += copy.Report.EgressKbps - _egress[node];
        _siteSince[site] -= _since[node];
        _siteCapacity[site] += copy.Report.CapacityKbps - _capacity[node];
        (_egress[node], _capacity[node], _since[node], _heardAtMs[node]) = (copy.Report.EgressKbps, copy.Report.CapacityKbps, 0, NowMs);
    }

    /// <summary>Load of a site over its capacity, as last reported.</summary>
    public double Utilisation(int site) => _siteEgress[site] / (double)Math.Max(1, _siteCapacity[site]);

    /// <summary>Load of a site over its capacity, as last reported, with what this replica assigned since.</summary>
    public double UtilisationNow(int site) => (_siteEgress[site] + _siteSince[site]) / (double)Math.Max(1, _siteCapacity[site]);

    /// <summary>Capacity of a site, as last reported, kbit/s.</summary>
    public long CapacityKbps(int site) => _siteCapacity[site];

    /// <summary>Sites that an operator has closed.</summary>
    public bool[] Closed { get; set; }

    /// <summary>True when some node of the site was heard lately and nobody has closed it.</summary>
    public bool IsAlive(int site)
    {
        if (Closed[site]) return false;
        (int offset, int length) = _world.NodesOfSite[site].GetOffsetAndLength(_heardAtMs.Length);
        for (int node = offset; node < offset + length; node++)
            if (IsHeard(node)) return true;
        return false;
    }

    /// <summary>Takes the least utilised live node of a site, counting what was assigned since the reports.</summary>
    /// <param name="site">The site.</param>
    /// <param name="kbps">What the viewer weighs.</param>
    /// <returns>Null when the site has no live node.</returns>
    public int? TakeNode(int site, long kbps)
    {
        (int offset, int length) = _world.NodesOfSite[site].GetOffsetAndLength(_heardAtMs.Length);
        int? best = null;
        double least = double.MaxValue;
        for (int node = offset; node < offset + length; node++)
        {
            double utilisation = (_egress[node] + _since[node]) / (double)Math.Max(1, _capacity[node]);
            if (!IsHeard(node) || utilisation >= least) continue;
            least = utilisation;
            best = node;
        }
        if (best is not { } chosen) return null;
        _since[chosen] += kbps;
        _siteSince[site] += kbps;
        return chosen;
    }

    private bool IsHeard(int node) => _heardAtMs[node] is { } heard && NowMs - heard <= _silentMs;
}
