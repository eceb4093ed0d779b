using Scheduler.Core.Topology;
using Scheduler.Simulator.Measures;
using Scheduler.Simulator.Policies;
using Scheduler.Simulator.Scenarios;
using Scheduler.Simulator.Worlds;

namespace Scheduler.Tests.Simulator.Faults;

/// <summary>Every kind of fault does what it says while it lasts, and nothing after it.</summary>
public sealed class FaultTests
{
    // From 20 s to 35 s of a minute.
    private const int Begin = 20, For = 15, End = Begin + For, Over = 60;

    private static readonly World Plain = SmallWorld.Build(SmallWorld.Scenario);

    /// <summary>The PoP with the most capacity: what a fault hits that names none.</summary>
    private static int Largest => Enumerable.Range(0, Plain.Fleet.Sites.Length).Where(s => Plain.Fleet.Sites[s].Kind == SiteKind.Pop)
        .MaxBy(s => Plain.Fleet.Sites[s].EgressCap!.Value.Kbps);

    [CheckoutWorldFact]
    public void A_lost_site_serves_nobody_is_named_to_nobody_once_it_is_silent_and_comes_back()
    {
        Timeline seen = Watch(new Fault(FaultKind.SiteLoss, Begin, For), PolicyNames.Scheduler, t => t.Farm.SiteEgressKbps[Largest] + t.Farm.SiteCapacityKbps[Largest],
            SmallWorld.Scenario with { Pressure = 0.6, DurationS = 150 }); // room elsewhere, or its last word would count; and time for its leases to begin anew
        Assert.True(seen.Mean(0, Begin) > 0);
        Assert.Equal(0, seen.Mean(Begin, End));
        Assert.DoesNotContain(seen.Named, named => named.Site == Largest && named.AtMs > (Begin + 7) * 1_000 && named.AtMs < End * 1_000);
        Assert.Contains(seen.Named, named => named.Site == Largest && named.AtMs > End * 1_000);
    }

    [CheckoutWorldFact]
    public void A_lost_IDC_takes_the_PoPs_with_it_that_have_no_other_and_no_more()
    {
        Scenario fed = SmallWorld.Scenario with { Upstreams = 1 };
        Fleet fleet = SmallWorld.Build(fed).Fleet;
        Site idc = fleet.Sites.Where(s => s.Kind == SiteKind.Idc).MaxBy(s => fleet.Sites.Count(p => p.Upstreams.Contains(s.Id)))!;
        int[] dark = [.. Enumerable.Range(0, fleet.Sites.Length).Where(s => fleet.Sites[s].Id == idc.Id || fleet.Sites[s].Upstreams.Contains(idc.Id))];
        Assert.InRange(dark.Length, 2, fleet.Sites.Length - 1);
        Timeline seen = Watch(new Fault(FaultKind.IdcLoss, Begin, For, idc.Id), "nearest", t => Enumerable.Range(0, fleet.Sites.Length).Count(s => t.Farm.SiteCapacityKbps[s] == 0), fed);
        Assert.Equal(0, seen.Mean(0, Begin));
        Assert.Equal(dark.Length, seen.Mean(Begin, End));
        Assert.Equal(0, seen.Mean(End, Over));
        Assert.Equal(1, Watch(new Fault(FaultKind.IdcLoss, Begin, For, idc.Id), "nearest", t => Enumerable.Range(0, fleet.Sites.Length).Count(s => t.Farm.SiteCapacityKbps[s] == 0)).Mean(Begin, End));
    }

    [CheckoutWorldFact]
    public void Where_the_loss_of_a_site_overlaps_with_that_of_its_IDC_it_is_dead_until_both_are_over()
    {
        Scenario fed = SmallWorld.Scenario with { Upstreams = 1 };
        Fleet fleet = SmallWorld.Build(fed).Fleet;
        int site = Enumerable.Range(0, fleet.Sites.Length).First(s => fleet.Sites[s].Kind == SiteKind.Pop);
        Site pop = fleet.Sites[site];
        Scenario both = fed with { Faults = [new(FaultKind.SiteLoss, 10, 15, pop.Id), new(FaultKind.IdcLoss, 20, 20, pop.Upstreams[0])] };
        var seen = new Timeline(t => t.Farm.SiteCapacityKbps[site] == 0 ? 1 : 0);
        SmallWorld.Watch(both, "nearest", seen);
        Assert.Equal(1, seen.Mean(10, 40));
        Assert.Equal(0, seen.Mean(40, Over));
    }

    [CheckoutWorldFact]
    public void A_site_that_is_cut_carries_a_part_says_so_and_is_whole_again()
    {
        double whole = 0;
        Timeline seen = Watch(new Fault(FaultKind.CapacityCut, Begin, For, Factor: 0.5), "nearest", t => t.Farm.SiteCapacityKbps[Largest] / Math.Max(1, whole = Math.Max(whole, t.Farm.SiteCapacityKbps[Largest])));
        Assert.Equal(1, seen.Mean(0, Begin));
        Assert.Equal(0.5, seen.Mean(Begin, End), 1e-4);
        Assert.Equal(1, seen.Mean(End, Over));
        Assert.All(seen.Heard.Where(r => r.AtMs > 0), r => Assert.Equal(1, r.Capacity, 1e-9));
    }

    [CheckoutWorldFact]
    public void Lost_reports_reach_no_replica_and_then_all()
    {
        Timeline seen = Watch(new Fault(FaultKind.ReportLoss, Begin, For), PolicyNames.Scheduler);
        foreach (int replica in (int[])[0, 1])
        {
            Assert.Equal(48, seen.ReportsPerS(replica, 2, Begin), 1.0);
            Assert.Equal(0, seen.ReportsPerS(replica, Begin + 1, End));
            Assert.Equal(48, seen.ReportsPerS(replica, End + 1, Over), 1.0);
        }
    }

    [CheckoutWorldFact]
    public void A_replica_that_is_cut_off_hears_nothing_while_the_others_do()
    {
        Timeline seen = Watch(new Fault(FaultKind.ReplicaPartition, Begin, For, "2"), PolicyNames.Scheduler);
        Assert.Equal(0, seen.ReportsPerS(1, Begin + 1, End));
        Assert.Equal(48, seen.ReportsPerS(0, Begin + 1, End), 1.0);
        Assert.Equal(48, seen.ReportsPerS(1, End + 1, Over), 1.0);
    }

    [CheckoutWorldFact]
    public void A_lying_site_says_more_than_it_has_until_it_is_mended()
    {
        Timeline seen = Watch(new Fault(FaultKind.LyingReports, Begin, For, Factor: 2), "nearest");
        double Told(int fromS, int toS, bool liars) => seen.Heard
            .Where(r => Plain.SiteOfNode[r.Node] == Largest == liars && r.AtMs >= fromS * 1_000 && r.AtMs < toS * 1_000).Average(r => r.Capacity);
        Assert.Equal(1, Told(2, Begin, liars: true), 1e-6);
        Assert.Equal(2, Told(Begin + 1, End, liars: true), 1e-6);
        Assert.Equal(1, Told(End + 1, Over, liars: true), 1e-6);
        Assert.Equal(1, Told(Begin + 1, End, liars: false), 1e-6);
    }

    [CheckoutWorldFact]
    public void Changed_round_trip_times_are_measured_and_go_back()
    {
        Timeline seen = Watch(new Fault(FaultKind.RttChange, Begin, For, Factor: 3), "nearest", t => t.World.RttMs(5, Largest) / Plain.RttMs(5, Largest));
        Assert.Equal(1, seen.Mean(0, Begin), 1e-9);
        Assert.Equal(3, seen.Mean(Begin, End), 1e-5);
        Assert.Equal(1, seen.Mean(End, Over), 1e-5);
        Scenario steady = SmallWorld.Scenario with { MeasureFromS = Begin, DurationS = End };
        RunResult far = SmallWorld.Play(steady with { Faults = [new(FaultKind.RttChange, Begin, Factor: 3)] }, "nearest"), near = SmallWorld.Play(steady, "nearest");
        Assert.True(far.Rtt.Mean > near.Rtt.Mean * 1.05, $"{far.Rtt.Mean} after {near.Rtt.Mean}");
    }

    [CheckoutWorldFact]
    public void A_surge_brings_more_viewers_while_it_lasts()
    {
        Timeline seen = Watch(new Fault(FaultKind.Surge, Begin, For, Factor: 5), "nearest", t => t.Opens);
        double before = seen.Mean(0, Begin);
        Assert.Equal(5, seen.Mean(Begin, End) / before, 0.5);
        Assert.Equal(1, seen.Mean(End, Over) / before, 0.25);
    }

    [CheckoutWorldFact]
    public void A_reconnect_storm_brings_everybody_back_within_five_seconds()
    {
        Timeline seen = Watch(new Fault(FaultKind.ReconnectStorm, Begin, Share: 1), "nearest", t => t.Reconnects);
        Assert.Equal(0, seen.Mean(0, Begin));
        Assert.True(seen.Mean(Begin, Begin + 5) * 50 > 1_500);
        Assert.Equal(0, seen.Mean(Begin + 6, Over));
    }

    private static Timeline Watch(Fault fault, string policy, Func<Timeline, double>? look = null, Scenario? scenario = null)
    {
        var seen = new Timeline(look);
        SmallWorld.Watch((scenario ?? SmallWorld.Scenario) with { Faults = [fault] }, policy, seen);
        return seen;
    }
}
