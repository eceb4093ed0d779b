using FsCheck;
using FsCheck.Fluent;
using Scheduler.Server.Http.Limits;

namespace Scheduler.Tests.Server.Http.Limits;

public sealed class RatePolicyTests
{
    private static readonly RatePolicy Policy = new("test", perS: 5, windowS: 4);

    /// <summary>Calls: the time since the one before in milliseconds, and their cost.</summary>
    private static readonly Arbitrary<(int AfterMs, int Cost)[]> Calls =
        (from after in Gen.Choose(0, 700) from cost in Gen.Choose(1, 4) select (after, cost)).NonEmptyListOf().Select(list => list.ToArray()).ToArbitrary();

    [Fact]
    public void In_any_stretch_of_time_no_more_is_taken_than_a_full_bucket_and_what_comes_back_in_it() => Prop.ForAll(Calls, calls =>
    {
        List<(long At, int Cost)> taken = Play(calls);
        for (int from = 0; from < taken.Count; from++)
        {
            long sum = 0;
            for (int to = from; to < taken.Count; to++)
            {
                sum += taken[to].Cost;
                double most = Policy.Quota + (5.0 * (taken[to].At - taken[from].At) / TimeSpan.TicksPerSecond);
                if (sum > most + 1e-6) return false;
            }
        }
        return true;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_call_is_refused_only_when_the_bucket_holds_too_little() => Prop.ForAll(Calls, calls =>
    {
        double tokens = Policy.Quota;
        long full = 0, now = 0;
        foreach ((int afterMs, int cost) in calls)
        {
            now += afterMs * TimeSpan.TicksPerMillisecond;
            tokens = Math.Min(Policy.Quota, tokens + (5.0 * afterMs / 1_000));
            bool expected = tokens >= cost - 1e-6;
            long? after = Policy.Take(full, now, cost, out long left);
            if (expected != after is not null) return false;
            if (after is { } next) (tokens, full) = (tokens - cost, next);
            if (Math.Abs(left - Math.Floor(tokens + 1e-6)) > 1e-9) return false;
        }
        return true;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_untouched_bucket_gives_its_quota_at_once_and_then_nothing()
    {
        long full = 0;
        for (int i = 0; i < Policy.Quota; i++)
        {
            full = Policy.Take(full, 1_000, 1, out long left)!.Value;
            Assert.Equal(Policy.Quota - 1 - i, left);
        }
        Assert.Null(Policy.Take(full, 1_000, 1, out long none));
        Assert.Equal(0, none);
        Assert.NotNull(Policy.Take(full, 1_000 + Policy.TokenTicks, 1, out _));
    }

    [Fact]
    public void A_call_that_costs_more_than_a_bucket_holds_takes_a_full_one()
    {
        Assert.NotNull(Policy.Take(0, 1_000, 1_000_000, out long left));
        Assert.Equal(0, left);
        Assert.Null(Policy.Take(1_000 + Policy.TokenTicks, 1_000, 1_000_000, out _));
    }

    private static List<(long At, int Cost)> Play((int AfterMs, int Cost)[] calls)
    {
        var taken = new List<(long, int)>();
        long full = 0, now = 0;
        foreach ((int afterMs, int cost) in calls)
        {
            now += afterMs * TimeSpan.TicksPerMillisecond;
            if (Policy.Take(full, now, cost, out _) is not { } after) continue;
            full = after;
            taken.Add((now, cost));
        }
        return taken;
    }
}
