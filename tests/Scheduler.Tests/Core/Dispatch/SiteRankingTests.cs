using Scheduler.Core.Dispatch;

namespace Scheduler.Tests.Core.Dispatch;

public sealed class SiteRankingTests
{
    private static readonly ushort[] Sites = [10, 11, 12, 13];

    [Fact]
    public void Sites_come_in_the_order_of_their_scores_and_closed_ones_never() =>
        Assert.Equal([12, 10, 13], Order([3, SiteRanking.Closed, 1, 7], preferred: null));

    [Fact]
    public void A_preferred_site_comes_first_and_once() => Assert.Equal([13, 12, 10, 11], Order([3, 5, 1, 7], preferred: 3));

    [Fact]
    public void To_prefer_the_best_changes_nothing() => Assert.Equal([12, 10, 11, 13], Order([3, 5, 1, 7], preferred: 2));

    [Fact]
    public void What_is_told_of_the_next_is_what_comes_next()
    {
        SiteRanking ranking = Ranking([3, 5, 1, 7], new float[8]);
        while (ranking.TryPeek(out int told))
        {
            Assert.True(ranking.TryTakeBest(out int taken, out _));
            Assert.Equal(told, taken);
        }
        Assert.False(ranking.TryTakeBest(out _, out _));
    }

    [Fact]
    public void Without_sites_there_is_no_first()
    {
        var ranking = new SiteRanking([], new float[0], LeastFloat.None);
        Assert.True(ranking.First < 0);
        Assert.False(ranking.TryTakeBest(out _, out _));
    }

    private static List<int> Order(float[] scores, int? preferred)
    {
        SiteRanking ranking = Ranking(scores, new float[8]);
        if (preferred is { } place) ranking.Prefer(place);
        var order = new List<int>();
        while (ranking.TryTakeBest(out int site, out _)) order.Add(site);
        return order;
    }

    private static SiteRanking Ranking(float[] scores, float[] room)
    {
        Array.Fill(room, LeastFloat.Filler);
        for (int i = 0; i < scores.Length; i++) room[i] = BitConverter.Int32BitsToSingle(LeastFloat.BitsAt(scores[i], i));
        return new SiteRanking(Sites, room, LeastFloat.LeastAbove(room, -1));
    }
}
