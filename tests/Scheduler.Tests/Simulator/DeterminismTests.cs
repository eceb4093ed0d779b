using Scheduler.Simulator.Policies;
using Scheduler.Simulator.Reports;
using Scheduler.Simulator.Scenarios;

namespace Scheduler.Tests.Simulator;

/// <summary>A scenario and a seed determine a run to the last bit.</summary>
public sealed class DeterminismTests
{
    private static readonly Scenario Eventful = SmallWorld.Scenario with
    {
        Diurnal = true,
        Faults = [new(FaultKind.SiteLoss, 20, 15), new(FaultKind.Surge, 25, 10, Factor: 3, Share: 0.3), new(FaultKind.ReconnectStorm, 40, Share: 0.5)],
    };

    [CheckoutWorldFact]
    public void The_same_seed_gives_the_same_bytes_in_whatever_order_and_on_however_many_threads()
    {
        string[] alone = [.. PolicyNames.All.Select(policy => Json(policy, 7))];
        string[] together = PolicyNames.All.Reverse().AsParallel().AsOrdered().WithDegreeOfParallelism(2).Select(policy => Json(policy, 7)).Reverse().ToArray();
        Assert.Equal(alone, together);
        Assert.Equal(alone.Length, alone.Distinct().Count());
    }

    [CheckoutWorldFact]
    public void Another_seed_gives_another_run() => Assert.NotEqual(
        Json(PolicyNames.Scheduler, 1).Replace("\"seed\":1", "", StringComparison.Ordinal), Json(PolicyNames.Scheduler, 2).Replace("\"seed\":2", "", StringComparison.Ordinal));

    [CheckoutWorldFact]
    public void All_policies_meet_the_same_viewers()
    {
        long[] arrived = [.. PolicyNames.All.Select(policy => SmallWorld.Play(SmallWorld.Scenario with { DurationS = 10 }, policy).Arrived)];
        Assert.Single(arrived.Distinct());
    }

    private static string Json(string policy, int seed) => ResultJson.Write(SmallWorld.Play(Eventful, policy, seed));
}
