using FsCheck;
using FsCheck.Fluent;
using Scheduler.Server.Http.Limits;

namespace Scheduler.Tests.Server.Http.Limits;

public sealed class RefusalHoldTests
{
    [Fact]
    public void Every_refusal_is_answered_when_its_time_is_over_and_not_before() => Prop.ForAll(
        Gen.Choose(0, 5).NonEmptyListOf().Select(list => list.ToArray()).ToArbitrary(),
        arrivals =>
        {
            const int Ticks = 7;
            var hold = new RefusalHold(Ticks);
            var waiting = new List<(Task Refusal, int Since)>();
            for (int now = 0; now < arrivals.Length + Ticks; now++)
            {
                for (int i = 0; i < arrivals.ElementAtOrDefault(now); i++) waiting.Add((hold.Join(), now));
                hold.Advance();
                if (waiting.Any(w => w.Refusal.IsCompleted != (now + 1 - w.Since >= Ticks))) return false;
                waiting.RemoveAll(w => w.Refusal.IsCompleted);
                if (hold.Held != waiting.Count) return false;
            }
            return waiting.Count == 0;
        }).QuickCheckThrowOnFailure();
}
