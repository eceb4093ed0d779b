using FsCheck;
using FsCheck.Fluent;
using Scheduler.Server.Http.Limits;

namespace Scheduler.Tests.Server.Http.Limits;

public sealed class RefusalPacerTests
{
    [Fact]
    public void Each_tick_answers_its_quota_in_order()
    {
        var pacer = new RefusalPacer(quota: 2, ticks: 10);
        Task[] refusals = [.. Enumerable.Range(0, 5).Select(_ => pacer.Join())];
        Assert.Equal([0, 2, 4, 5], Enumerable.Range(0, 4).Select(tick =>
        {
            if (tick > 0) pacer.Advance();
            Assert.All(refusals.SkipWhile(r => r.IsCompleted), r => Assert.False(r.IsCompleted));
            return refusals.Count(r => r.IsCompleted);
        }));
        Assert.Equal(0, pacer.Held);
    }

    [Fact]
    public void No_refusal_waits_longer_than_the_ring_and_none_is_forgotten() => Prop.ForAll(
        Gen.Choose(-3, 40).NonEmptyListOf().Select(list => list.ToArray()).ToArbitrary(),
        steps =>
        {
            const int Ticks = 7;
            var pacer = new RefusalPacer(quota: 2, Ticks);
            var waiting = new List<(Task Refusal, int Since)>();
            int now = 0;
            foreach (int step in steps)
            {
                for (int i = 0; i < step; i++) waiting.Add((pacer.Join(), now));
                for (int i = 0; i < Math.Max(1, -step); i++)
                {
                    pacer.Advance();
                    now++;
                }
                if (waiting.Any(w => !w.Refusal.IsCompleted && now - w.Since >= Ticks)) return false;
                waiting.RemoveAll(w => w.Refusal.IsCompleted);
                if (pacer.Held != waiting.Count) return false;
            }
            return true;
        }).QuickCheckThrowOnFailure();
}
