using Scheduler.Server.Hosting;
using Scheduler.Server.Telemetry.Decisions;
using Scheduler.State;

namespace Scheduler.Tests.Server.Telemetry;

public sealed class DecisionQueueTests
{
    private readonly SchedulerClock _clock = new(new VirtualClock());

    [Fact]
    public void A_share_of_the_sessions_is_kept_and_a_greater_share_keeps_those_as_well()
    {
        DecisionQueue tenth = Of(0.1), half = Of(0.5);
        var random = new Random(7);
        ulong[] sessions = [.. Enumerable.Range(0, 20_000).Select(_ => (ulong)random.NextInt64(long.MinValue, long.MaxValue))];
        Assert.InRange(sessions.Count(tenth.Observes), 1_800, 2_200);
        Assert.All(sessions.Where(tenth.Observes), session => Assert.True(half.Observes(session)));
    }

    [Fact]
    public void All_are_kept_where_all_are_wanted_and_there_is_no_queue_where_none_are()
    {
        Assert.True(Of(1).Observes(0) && Of(1).Observes(ulong.MaxValue));
        Assert.Null(DecisionQueue.Of(new DecisionLogOptions(), _clock));
    }

    private DecisionQueue Of(double sample) => DecisionQueue.Of(new DecisionLogOptions { Sample = sample }, _clock)!;
}
