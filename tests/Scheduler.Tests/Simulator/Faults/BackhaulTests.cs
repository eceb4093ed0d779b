using Scheduler.Simulator.Measures;
using Scheduler.Simulator.Policies;
using Scheduler.Simulator.Reports;
using Scheduler.Simulator.Scenarios;

namespace Scheduler.Tests.Simulator.Faults;

/// <summary>What goes on behind the edge: publishers, pulls, links, and what becomes of them when an IDC is drained or a link dies.</summary>
public sealed class BackhaulTests
{
    private const int Begin = 20;

    /// <summary>A session stands for twenty viewers, as in the built-in scenarios: what nodes pull is small beside what they serve.</summary>
    private static readonly Scenario Small = SmallWorld.Scenario with
    {
        Publishers = true,
        Pressure = 0.5,
        SessionS = 600,
        Upstreams = 4,
        Streams = 400,
        Replicas = 1,
        Sites = 30,
        Nodes = 90,
    };

    [CheckoutWorldFact]
    public void A_drained_IDC_loses_publishers_and_pulls_and_no_link_is_overloaded_and_no_stream_without_a_home()
    {
        BackhaulResult backhaul = Play(Small with { DurationS = 80, Faults = [new(FaultKind.IdcDrain, Begin) { RampS = 30 }] }).Backhaul!;
        PullDrainResult drain = Assert.Single(backhaul.Drains);
        Assert.True(drain is { Publishers: > 0, Pulls: > 0 }, $"{drain}");
        Assert.NotNull(drain.PublishersLeftAfterS);
        Assert.InRange(drain.PullsLeftAfterS!.Value, 1, 50);
        Assert.InRange(drain.MovesPerPublisher!.Value, 1, 1.05);
        Assert.InRange(drain.PullsOverFewest!.Value / backhaul.PullsOverFewest, 0.9, 1.05);
        Assert.Equal((0.0, 0), (backhaul.OverloadLinkSeconds, backhaul.MostHomeless));
    }

    [CheckoutWorldFact]
    public void Pulls_of_a_dead_link_go_elsewhere_without_overload()
    {
        BackhaulResult backhaul = Play(Small with { DurationS = 50, Faults = [new(FaultKind.LinkCut, Begin, 20)] }).Backhaul!;
        Assert.Equal(0, backhaul.OverloadLinkSeconds);
        Assert.Equal(0, backhaul.MostHomeless);
    }

    [CheckoutWorldFact]
    public void The_same_scenario_gives_the_same_JSON_and_only_one_with_publishers_tells_of_them()
    {
        Scenario calm = Small with { DurationS = 10 };
        Assert.Equal(ResultJson.Write(Play(calm)), ResultJson.Write(Play(calm)));
        Assert.DoesNotContain("backhaul", ResultJson.Write(Play(calm with { Publishers = false, Upstreams = 2 })), StringComparison.Ordinal);
    }

    private static RunResult Play(Scenario scenario) => SmallWorld.Play(scenario, PolicyNames.Scheduler);
}
