using System.Collections.Immutable;
using Scheduler.Core.Topology;
using Scheduler.Core.Units;
using Scheduler.Simulator.Measures;
using Scheduler.Simulator.Scenarios;

namespace Scheduler.Tests.Simulator.Reports;

/// <summary>Results of runs that never were, for pages about them.</summary>
internal static class RunResults
{
    /// <summary>A scenario in which a site dies and a storm follows.</summary>
    public static Scenario Troubled { get; } = new()
    {
        Name = "troubled",
        Summary = "a site dies, and a storm follows",
        DurationS = 60,
        MeasureFromS = 10,
        Faults = [new(FaultKind.SiteLoss, 20, 20), new(FaultKind.ReconnectStorm, 45, Share: 0.25)],
    };

    /// <summary>The same, and nothing goes wrong.</summary>
    public static Scenario Calm { get; } = Troubled with { Name = "calm", Summary = "nothing goes wrong", Faults = [] };

    /// <summary>A plausible result.</summary>
    public static RunResult Of(string policy, Scenario scenario, double gap = 0.0123, params ImmutableArray<SiteResult> sites) => new()
    {
        Scenario = scenario,
        Policy = policy,
        Seed = 7,
        Arrived = 5_210,
        Ended = 200,
        Lost = 10,
        Live = 5_000,
        Decisions = 5_400,
        Refusals = 31,
        RefusalsWithRoom = 5,
        UsedAtRefusal = 0.91,
        Spills = 4,
        Migrations = 17,
        Cost = 1_000 * (1 + gap),
        LowerBound = 1_000,
        Rtt = new RttSummary(12.5, 9.25, 41.75, 88.25),
        RttExcess = new RttSummary(1.5, 0.25, 6.75, 11.25),
        OverloadSiteSeconds = 42.5,
        PeakUtilisation = 1.37,
        AssignedGbit = 900.5,
        CarriedGbit = 880,
        Pulls = 777,
        PulledGbit = 55.5,
        Bill = new BillSummary(1_234, 5_678, 90),
        RecoveryS = scenario.Faults.IsEmpty ? null : 13.5,
        Samples = [.. Enumerable.Range(0, 60).Select(s => new RunSample(s, gap * (1 + (s % 3)), 0.6, 0.9 + (0.01 * s), 12 + (s % 5), 5_000))],
        RttShares = [.. Enumerable.Range(1, 100).Select(ms => ((double)ms, 0.01))],
        Sites = sites.IsDefaultOrEmpty ? [Site("lon1", "London", 51.5, -0.1, 0.45), Site("tyo1", "Tokyo", 35.7, 139.7, 1.37)] : sites,
    };

    /// <summary>A run to which nobody came.</summary>
    public static RunResult Empty(Scenario scenario) => Of("scheduler", scenario) with
    {
        Arrived = 0,
        Ended = 0,
        Lost = 0,
        Live = 0,
        Decisions = 0,
        Refusals = 0,
        RefusalsWithRoom = 0,
        UsedAtRefusal = null,
        Spills = 0,
        Migrations = 0,
        Cost = 0,
        LowerBound = 0,
        Rtt = default,
        RttExcess = default,
        OverloadSiteSeconds = 0,
        PeakUtilisation = 0,
        AssignedGbit = 0,
        CarriedGbit = 0,
        Pulls = 0,
        PulledGbit = 0,
        Bill = default,
        RecoveryS = null,
        RttShares = [(1, 0)],
        Samples = [.. Enumerable.Range(0, 60).Select(s => new RunSample(s, 0, 0, 0, 0, 0))],
        Sites = [Site("lon1", "London", 51.5, -0.1, 0)],
    };

    /// <summary>A site and how it fared.</summary>
    public static SiteResult Site(string id, string place, double latitude, double longitude, double peak) => new(
        new Site(id, SiteKind.Pop, "eu", place, "GB", new GeoPoint(latitude, longitude), null, "flat", [], ImmutableSortedDictionary<string, string>.Empty),
        BitRate.FromGbps(40), peak / 2, peak);
}
