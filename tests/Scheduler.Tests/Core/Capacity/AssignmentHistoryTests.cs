using FsCheck;
using FsCheck.Fluent;
using Scheduler.Core.Capacity;

namespace Scheduler.Tests.Core.Capacity;

public sealed class AssignmentHistoryTests
{
    /// <summary>Against the full record: the answer is never more than the truth at that moment, and never older than two samples where ticks came.</summary>
    [Fact]
    public void It_never_tells_more_than_had_been_assigned() => Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
    {
        var random = new Random(seed);
        long now = random.Next(100_000), assigned = random.Next(1_000);
        var history = new AssignmentHistory(now, assigned);
        var truth = new List<(long At, long Assigned)> { (now, assigned) };
        for (int i = 0; i < 200; i++)
        {
            now += random.Next(1, random.Next(20) == 0 ? 3_000 : 400);
            assigned += random.Next(1_000);
            history.Sample(now, assigned);
            truth.Add((now, assigned));
            long asked = now - random.Next(AssignmentHistory.ReachMs - 500);
            long known = truth.Where(t => t.At <= asked).Select(t => t.Assigned).DefaultIfEmpty(truth[0].Assigned).Last();
            if (history.At(asked) > known) return false;
        }
        return true;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void With_regular_ticks_it_lags_by_half_a_second_at_most()
    {
        var history = new AssignmentHistory(0, 0);
        for (long now = 0; now <= 20_000; now += 100) history.Sample(now, now);
        for (long asked = 8_000; asked <= 20_000; asked += 37) Assert.InRange(asked - history.At(asked), 0, 2 * AssignmentHistory.SampleMs);
    }
}
