using System.Collections.Immutable;
using Scheduler.Core.Cost;
using Scheduler.Core.Drains;
using Scheduler.Core.Planning;
using Scheduler.Simulator.Nodes;
using Scheduler.Simulator.Scenarios;
using Scheduler.Simulator.Worlds;

namespace Scheduler.Simulator.Measures;

/// <summary>
/// Holds each drain against its preview: what was foretold when it began, of the demand and the capacity that there truly were, and what came to be once its sites
/// were empty.
/// </summary>
internal sealed class DrainMeter(World world, NodeFarm farm)
{
    /// <summary>Time after a site is empty until what came to be is measured, s: those who moved have arrived, reports have told it, prices have settled.</summary>
    private const int SettleS = 30;

    /// <summary>Time before a drain over which it is measured what was, s.</summary>
    private const int BeforeS = 30;

    private readonly List<Course> _courses = [];
    private readonly Queue<(double Cost, double Rtt)> _lately = new();

    private sealed class Course(Fault fault, int[] sites, long sessions, double previewCost, double previewRttMs)
    {
        public Fault Fault => fault;
        public int[] Sites => sites;
        public long Sessions => sessions;
        public double PreviewCost => previewCost;
        public double PreviewRttMs => previewRttMs;
        public bool IsOver;
        public int? EmptyAtS;
        public long Migrated;
        public long Migrations;
        public double CostSum;
        public double RttSum;
        public int Seconds;
    }

    /// <summary>A drain begins; one that is measured gives way to it, since what comes to be is now the work of both.</summary>
    /// <param name="fault">What the scenario says of it.</param>
    /// <param name="sites">The sites that it takes away.</param>
    /// <param name="cellMbps">What is served of each cell, Mbit/s.</param>
    public void Begin(Fault fault, int[] sites, ReadOnlySpan<double> cellMbps)
    {
        var capacity = new double[world.Fleet.Sites.Length];
        for (int site = 0; site < capacity.Length; site++) capacity[site] = farm.SiteCapacityKbps[site] / 1_000.0;
        foreach (Course course in _courses)
        {
            if (course.IsOver) continue;
            foreach (int site in course.Sites) capacity[site] = 0;
        }
        PlanNetwork network = BoundMeter.Network(world);
        var rtts = new float[network.CandidateCount];
        for (int cell = 0; cell < world.Cells.Length; cell++)
            for (int i = network.RowStarts[cell]; i < network.RowStarts[cell + 1]; i++) rtts[i] = world.RttMs(cell, network.Sites[i]);
        var previewer = new DrainPreviewer(network, world.Cells.Length, rtts);
        var problem = new PlanProblem(network, cellMbps, capacity, LoadPenalty.Default);
        previewer.Start(problem, new double[network.CandidateCount]);
        foreach (int site in sites) capacity[site] = 0;
        DrainPreview preview = previewer.Preview(capacity);
        // A preview tells what changes. What is, players and reports tell.
        double mbps = Math.Max(1, Sum(previewer.TrafficBeforeMbps, null)), cost = (preview.With.Cost - preview.Before.Cost) / mbps;
        double rtt = (Sum(previewer.TrafficMbps, rtts) - Sum(previewer.TrafficBeforeMbps, rtts)) / mbps;
        (double costNow, double rttNow) = (_lately.Select(l => l.Cost).DefaultIfEmpty().Average(), _lately.Select(l => l.Rtt).DefaultIfEmpty().Average());
        _courses.Add(new Course(fault, sites, SessionsAt(sites), costNow + cost, rttNow + rtt));
    }

    /// <summary>A drain ends.</summary>
    public void End(Fault fault)
    {
        foreach (Course course in _courses) course.IsOver |= course.Fault == fault;
    }

    /// <summary>A viewer is asked to leave a site.</summary>
    /// <param name="site">The site.</param>
    /// <param name="isFirst">True when he was never asked before.</param>
    public void Moved(int site, bool isFirst)
    {
        foreach (Course course in _courses)
        {
            if (course.IsOver || Array.IndexOf(course.Sites, site) < 0) continue;
            course.Migrations++;
            if (isFirst) course.Migrated++;
        }
    }

    /// <summary>Measures a second that is over.</summary>
    /// <param name="second">Which.</param>
    /// <param name="cost">Cost of all that is served, ms-equivalents times Mbit/s.</param>
    /// <param name="rttMbps">Round-trip times weighted by bits, ms times Mbit/s.</param>
    /// <param name="loadMbps">All that is served, Mbit/s.</param>
    public void Second(int second, double cost, double rttMbps, double loadMbps)
    {
        if (loadMbps <= 0) return;
        _lately.Enqueue((cost / loadMbps, rttMbps / loadMbps));
        if (_lately.Count > BeforeS) _lately.Dequeue();
        for (int i = 0; i < _courses.Count; i++)
        {
            Course course = _courses[i];
            if (course.IsOver) continue;
            if (SessionsAt(course.Sites) == 0) course.EmptyAtS ??= second;
            if (course.EmptyAtS is not { } empty || second < empty + SettleS || i < _courses.Count - 1) continue;
            course.CostSum += cost / loadMbps;
            course.RttSum += rttMbps / loadMbps;
            course.Seconds++;
        }
    }

    /// <summary>What became of each.</summary>
    public ImmutableArray<DrainResult> Results() =>
    [
        .. _courses.Select(c => new DrainResult(
            c.Fault, c.Sites.Length, c.Sessions, c.EmptyAtS - c.Fault.AtS, c.Migrated, c.Migrations, c.PreviewCost, c.Seconds > 0 ? c.CostSum / c.Seconds : null,
            c.PreviewRttMs, c.Seconds > 0 ? c.RttSum / c.Seconds : null)),
    ];

    private static double Sum(ReadOnlySpan<double> traffic, float[]? weights)
    {
        double sum = 0;
        for (int i = 0; i < traffic.Length; i++) sum += traffic[i] * (weights?[i] ?? 1);
        return sum;
    }

    private long SessionsAt(int[] sites)
    {
        long sessions = 0;
        foreach (int site in sites)
            foreach (EdgeNode node in farm.Nodes[world.NodesOfSite[site]]) sessions += node.Sessions;
        return sessions;
    }
}
