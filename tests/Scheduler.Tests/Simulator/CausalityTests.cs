using Scheduler.Simulator.Policies;
using Scheduler.Simulator.Scenarios;

namespace Scheduler.Tests.Simulator;

/// <summary>No event comes before its cause.</summary>
public sealed class CausalityTests
{
    [CheckoutWorldTheory]
    [InlineData(PolicyNames.Scheduler)]
    [InlineData("least-loaded")]
    public void Nobody_plays_before_he_was_sent_and_no_report_is_heard_before_it_was_made(string policy)
    {
        var witness = new Witness();
        SmallWorld.Watch(
            SmallWorld.Scenario with { Faults = [new(FaultKind.SiteLoss, 20, 15), new(FaultKind.ReconnectStorm, 40, Share: 0.5)] }, policy, witness);
        Assert.Empty(witness.Oddities);
        Assert.True(witness.Connects > 3_000);
        Assert.True(witness.Reports > 2_000);
    }
}
