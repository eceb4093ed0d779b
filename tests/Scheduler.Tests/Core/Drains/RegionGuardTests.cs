using System.Collections.Immutable;
using Scheduler.Core.Drains;
using Scheduler.Core.Topology;
using Scheduler.Tests.Core.Dispatch;

namespace Scheduler.Tests.Core.Drains;

public sealed class RegionGuardTests
{
    private static readonly Fleet Twelve = World.FleetOf(12, 2);

    [Fact]
    public void A_first_drain_may_take_any_share() => Assert.Empty(Judge(Twelve, [], [0, 1, 2, 3, 4, 5]));

    [Fact]
    public void A_second_one_may_take_what_is_left_of_the_share()
    {
        Assert.Empty(Judge(Twelve, [0], [2])); // two nodes of 24
        DrainRefusal refusal = Assert.Single(Judge(Twelve, [0, 1], [2]));
        Assert.Equal((DrainRefusalKind.RegionCap, "drains would take 12.5% of Europe together, 10% may be taken"), (refusal.Kind, refusal.Detail));
    }

    [Fact]
    public void What_is_drained_twice_counts_once() => Assert.Empty(Judge(Twelve, [0, 1], [0]));

    [Fact]
    public void A_second_idc_is_refused_and_a_node_of_one_is_not()
    {
        Fleet idcs = Twelve with { Sites = [.. Twelve.Sites.Select((site, i) => i < 2 ? site with { Kind = SiteKind.Idc } : site)] };
        Assert.Empty(Judge(idcs, [], [0, 1]));
        Assert.Equal("2 IDCs of Europe would be drained at once, 1 may be", Assert.Single(Judge(idcs, [0, 1], [2, 3], new DrainRules(1, 1))).Detail);
        Assert.Empty(Judge(idcs, [0, 1], [2], new DrainRules(1, 1)));
        Assert.Empty(Judge(idcs, [0, 1], [2, 3], new DrainRules(2, 1)));
    }

    private static ImmutableArray<DrainRefusal> Judge(Fleet fleet, int[] others, int[] target, DrainRules? rules = null) =>
        RegionGuard.Judge(fleet, Marks(fleet, others), Marks(fleet, target), rules ?? DrainRules.Default);

    private static bool[] Marks(Fleet fleet, int[] nodes) => [.. Enumerable.Range(0, fleet.Nodes.Length).Select(nodes.Contains)];
}
