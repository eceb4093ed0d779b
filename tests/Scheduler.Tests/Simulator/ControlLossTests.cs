using Scheduler.Simulator.Measures;
using Scheduler.Simulator.Policies;
using Scheduler.Simulator.Scenarios;

namespace Scheduler.Tests.Simulator;

/// <summary>
/// What the product promises when it does not know: no site goes beyond its capacity, though reports stop or a replica is cut off while viewers stream in; and
/// when it refuses, there is no room. There is no store in a simulated run: every one of them is a run without.
/// </summary>
public sealed class ControlLossTests
{
    /// <summary>Sites of which most are half full, and a minute in which so many viewers come that all have to be filled.</summary>
    private static readonly Scenario Growing = SmallWorld.Scenario with
    {
        DurationS = 180,
        Sessions = 6_000,
        SessionKbps = 20_000,
        SessionS = 120,
        StartHour = 20,
        Pressure = 0.8,
        Replicas = 4,
        Faults = [new(FaultKind.Surge, 30, 60, Factor: 6)],
    };

    [CheckoutWorldTheory]
    [InlineData(Routing.Random, 1)]
    [InlineData(Routing.RegionBound, 5)]
    public void No_site_is_overloaded_when_no_report_reaches_anybody_while_demand_grows(Routing routing, double reportS)
    {
        RunResult result = Play(routing, reportS, new Fault(FaultKind.ReportLoss, 40, 30));
        Assert.Equal(0, result.OverloadSiteSeconds);
        Assert.True(result.PeakUtilisation > 0.9, $"{result.PeakUtilisation}");
    }

    [CheckoutWorldTheory]
    [InlineData(Routing.Random, 1)]
    [InlineData(Routing.RegionBound, 5)]
    public void No_site_is_overloaded_when_a_replica_is_cut_off_while_demand_grows(Routing routing, double reportS)
    {
        RunResult result = Play(routing, reportS, new Fault(FaultKind.ReplicaPartition, 40, 60));
        Assert.Equal(0, result.OverloadSiteSeconds);
        Assert.True(result.PeakUtilisation > 0.9, $"{result.PeakUtilisation}");
    }

    [CheckoutWorldFact]
    public void Nobody_is_refused_while_a_site_has_room_when_the_largest_dies_and_demand_grows()
    {
        Scenario flash = Growing with { ReportS = 5, Faults = [new(FaultKind.Surge, 30, 60, Factor: 4, Share: 0.3), new(FaultKind.SiteLoss, 30)] };
        RunResult result = SmallWorld.Play(flash, PolicyNames.Scheduler);
        Assert.Equal((0, 0), (result.OverloadSiteSeconds, result.RefusalsWithRoom));
    }

    [CheckoutWorldFact]
    public void A_saturated_fleet_is_used_to_ninety_seven_percent_when_it_refuses()
    {
        Scenario full = SmallWorld.Scenario with
        {
            DurationS = 900,
            MeasureFromS = 600,
            Sites = 4,
            Nodes = 8,
            Cells = 40,
            Sessions = 20_000,
            SessionKbps = 3_000,
            SessionS = 600,
            StartHour = 12,
            Pressure = 1.4,
            Replicas = 4,
            Faults = [new(FaultKind.Surge, 30, Factor: 1.6)],
        };
        RunResult result = SmallWorld.Play(full, PolicyNames.Scheduler);
        Assert.Equal(0, result.OverloadSiteSeconds);
        Assert.True(result.Refusals > 1_000, $"{result.Refusals}");
        Assert.True(result.UsedAtRefusal > 0.97, $"{result.UsedAtRefusal}");
    }

    private static RunResult Play(Routing routing, double reportS, Fault fault) =>
        SmallWorld.Play(Growing with { Routing = routing, ReportS = reportS, Faults = Growing.Faults.Add(fault) }, PolicyNames.Scheduler);
}
