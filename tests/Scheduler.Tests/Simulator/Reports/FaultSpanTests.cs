using System.Collections.Immutable;
using Scheduler.Simulator.Reports;
using Scheduler.Simulator.Scenarios;

namespace Scheduler.Tests.Simulator.Reports;

public sealed class FaultSpanTests
{
    [Fact]
    public void Every_kind_of_fault_has_a_sentence()
    {
        foreach (FaultKind kind in Enum.GetValues<FaultKind>())
        {
            Assert.NotEqual("", FaultSpan.Describe(new Fault(kind, 10)));
            Assert.DoesNotContain("  ", FaultSpan.Describe(new Fault(kind, 10, 5, "x", 2, 0.5)));
        }
    }

    [Fact]
    public void Faults_come_in_the_order_of_time_and_end_with_the_run()
    {
        Scenario scenario = RunResults.Calm with
        {
            Faults = [new(FaultKind.ReportLoss, 50, 30), new(FaultKind.SiteLoss, 20), new(FaultKind.ReconnectStorm, 30, 99), new(FaultKind.Surge, 60, 1)],
        };
        ImmutableArray<FaultSpan> spans = FaultSpan.Of(scenario);
        Assert.Equal([(1, 20.0, 60.0), (2, 30.0, 30.0), (3, 50.0, 60.0)], spans.Select(span => (span.Number, span.FromS, span.ToS)));
        Assert.Equal("from 20 s on", spans[0].When.Replace('\u00A0', ' '));
        Assert.Equal("at 50 s, for 30 s", spans[2].When.Replace('\u00A0', ' '));
    }
}
