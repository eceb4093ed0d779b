using Scheduler.Cli.Load;

namespace Scheduler.Tests.Cli.Load;

public sealed class TargetOrderTests
{
    private const int Viewers = 3_000;

    [Fact]
    public void Every_viewer_asks_every_scheduler_once_and_keeps_to_his_order()
    {
        for (int viewer = 0; viewer < 200; viewer++)
        {
            int[] order = [.. Enumerable.Range(0, 5).Select(place => TargetOrder.At(viewer, place, 5))];
            Assert.Equal([0, 1, 2, 3, 4], order.Order());
            Assert.Equal(order, Enumerable.Range(0, 5).Select(place => TargetOrder.At(viewer, place, 5)));
        }
    }

    [Fact]
    public void Those_of_one_that_dies_spread_over_all_the_others()
    {
        int[] second = [.. Enumerable.Range(0, Viewers).Where(viewer => TargetOrder.At(viewer, 0, 3) == 1).Select(viewer => TargetOrder.At(viewer, 1, 3))];
        Assert.InRange(second.Length, Viewers / 3 * 8 / 10, Viewers / 3 * 12 / 10);
        Assert.InRange(second.Count(target => target == 0), second.Length * 4 / 10, second.Length * 6 / 10);
        Assert.DoesNotContain(1, second);
    }
}
