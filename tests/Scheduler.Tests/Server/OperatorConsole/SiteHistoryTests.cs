using System.Runtime.CompilerServices;
using Scheduler.Server.OperatorConsole.History;

namespace Scheduler.Tests.Server.OperatorConsole;

/// <summary>The last hour and day of each site: bounded, in order, and honest about what it never saw.</summary>
public sealed class SiteHistoryTests
{
    private static readonly DateTimeOffset T0 = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly SiteHistory _history = new();
    private int _steps;

    [Fact]
    public void A_point_has_24_bytes() => Assert.Equal(24, Unsafe.SizeOf<HistoryPoint>());

    [Fact]
    public void Points_come_back_in_their_order()
    {
        Add(3, "a");
        Assert.Equal([0f, 1f, 2f], _history.Hour("a").Select(p => p.Point.LoadMbps));
        Assert.Equal([T0, T0 + SiteHistory.Step, T0 + (2 * SiteHistory.Step)], _history.Hour("a").Select(p => p.At));
        Assert.Empty(_history.Hour("b"));
        Assert.Equal(2f, _history.Latest("a")!.Value.LoadMbps);
        Assert.Null(_history.Latest("b"));
    }

    [Fact]
    public void An_hour_is_kept_and_no_more()
    {
        Add(SiteHistory.HourPoints + 7, "a");
        Assert.Equal(SiteHistory.HourPoints, _history.Hour("a").Count);
        Assert.Equal(7f, _history.Hour("a")[0].Point.LoadMbps);
        Assert.Equal(SiteHistory.HourPoints, _history.Depth);
    }

    [Fact]
    public void Five_minutes_become_one_point_of_the_day_their_mean()
    {
        Add(60, "a");
        Assert.Equal([14.5f, 44.5f], _history.Day("a").Select(p => p.Point.LoadMbps));
    }

    [Fact]
    public void A_site_that_comes_later_has_no_past_and_its_first_five_minutes_count_what_it_had()
    {
        Add(20, "a");
        Add(10, "a", "b");
        Assert.Equal(10, _history.Hour("b").Count);
        Assert.Equal(24.5f, _history.Day("b").Single().Point.LoadMbps);
        Assert.DoesNotContain("b", _history.Past(10)!.Value.Sites.Keys);
        Assert.Contains("b", _history.Past(9)!.Value.Sites.Keys);
    }

    [Fact]
    public void A_site_that_left_the_fleet_is_forgotten()
    {
        Add(5, "a", "b");
        Add(1, "a");
        Assert.Empty(_history.Hour("b"));
    }

    [Fact]
    public void The_past_is_told_by_steps()
    {
        Add(4, "a");
        Assert.Equal((T0 + SiteHistory.Step, 1f), (_history.Past(2)!.Value.At, _history.Past(2)!.Value.Sites["a"].LoadMbps));
        Assert.Null(_history.Past(4));
        Assert.Null(_history.Past(-1));
        Assert.Null(_history.Past(SiteHistory.HourPoints));
    }

    [Fact]
    public void A_mean_leaves_out_round_trips_that_nobody_knew()
    {
        HistoryPoint known = Point(1) with { RttMs = 10 }, unknown = Point(3);
        Assert.Equal(10f, HistoryPoint.Mean([known, unknown]).RttMs);
        Assert.Null(HistoryPoint.Mean([unknown, unknown]).RttMs);
    }

    private static HistoryPoint Point(float load) => new(load, 0, 0, 0, 0);

    private void Add(int steps, params string[] sites)
    {
        for (int i = 0; i < steps; i++, _steps++) _history.Add(T0 + (_steps * SiteHistory.Step), sites.ToDictionary(site => site, _ => Point(_steps)));
    }
}
