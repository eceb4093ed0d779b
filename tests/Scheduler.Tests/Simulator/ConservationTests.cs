using Scheduler.Simulator.Measures;
using Scheduler.Simulator.Nodes;
using Scheduler.Simulator.Policies;
using Scheduler.Simulator.Scenarios;

namespace Scheduler.Tests.Simulator;

/// <summary>Nothing comes from nowhere and nothing is lost.</summary>
public sealed class ConservationTests
{
    private static readonly Scenario Troubled = SmallWorld.Scenario with
    {
        Faults =
        [
            new(FaultKind.SiteLoss, 10, 20), new(FaultKind.Surge, 20, 20, Factor: 6, Share: 0.5), new(FaultKind.CapacityCut, 30, 20, Factor: 0.4),
            new(FaultKind.ReconnectStorm, 45, Share: 0.5),
        ],
    };

    [CheckoutWorldTheory]
    [InlineData(PolicyNames.Scheduler)]
    [InlineData("nearest")]
    [InlineData("p2c")]
    public void Viewers_who_came_are_there_or_have_left_or_were_refused_and_every_bit_was_carried_or_refused(string policy)
    {
        var books = new Bookkeeper();
        RunResult result = SmallWorld.Watch(Troubled, policy, books);
        Assert.Equal(result.Arrived, result.Live + result.Ended + result.Lost);
        Assert.Equal(result.AssignedGbit, books.Gbit, 1e-6 * books.Gbit);
        Assert.Equal(result.AssignedGbit, result.CarriedGbit + result.OverflowGbit, 1e-9 * result.AssignedGbit);
        Assert.True(result.CarriedGbit <= result.AssignedGbit);
        Assert.True(books.IsSound);
    }

    [CheckoutWorldTheory]
    [InlineData(PolicyNames.Scheduler)]
    [InlineData("waterfall")]
    public void Nodes_are_idle_once_everybody_has_left(string policy)
    {
        var books = new Bookkeeper();
        Scenario ebb = SmallWorld.Scenario with { SessionS = 10, SessionSigma = 0, DurationS = 40, Faults = [new(FaultKind.Surge, 5, Factor: 1e-9)] };
        RunResult result = SmallWorld.Watch(ebb, policy, books);
        Assert.True(result.Arrived > 2_000);
        Assert.Equal(0, result.Live);
        Assert.Equal(0, books.Farm.WarmPairs);
        foreach (EdgeNode node in books.Farm.Nodes) Assert.Equal((0L, 0), (node.EgressKbps, node.Sessions));
    }

    [CheckoutWorldFact]
    public void Viewers_whom_nothing_can_serve_give_up_and_are_counted()
    {
        // Far more than there is room for anywhere: the product refuses what does not fit, and never overloads.
        RunResult result = SmallWorld.Play(SmallWorld.Scenario with { Faults = [new(FaultKind.Surge, 5, Factor: 10)] }, PolicyNames.Scheduler);
        Assert.Equal(0, result.OverloadSiteSeconds);
        Assert.True(result.Lost > 0);
        Assert.True(result.Refusals >= 3 * result.Lost);
        Assert.Equal(result.Arrived, result.Live + result.Ended + result.Lost);
    }
}
