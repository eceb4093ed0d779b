using Scheduler.Core.Sessions;

namespace Scheduler.Tests.State.Upstreams;

/// <summary>Homes are what reports say.</summary>
public sealed class HomeTests
{
    private readonly Platform _platform = new();

    private ulong Live => _platform.Live;

    [Fact]
    public void A_stream_has_no_home_before_anything_arrives()
    {
        _platform.Publish(Live);
        _platform.Run(2);
        Assert.Null(_platform.HomeOf(Live));
        Assert.Null(_platform.Ask("lon1-01", Live));
    }

    [Fact]
    public void The_home_is_where_it_arrives_first_and_the_second_is_its_backup()
    {
        _platform.Arrives("fra-01", Live);
        _platform.Run(2);
        _platform.Arrives("ams-01", Live);
        _platform.Run(5);
        Assert.Equal("fra-01", _platform.HomeOf(Live));
        Assert.Equal(["fra-01", "ams-01"], _platform.Loop.Streams.Find(Live)!.Arrivals.Select(arrival => arrival.Node.Node.Node.Id));
        Assert.True(_platform.Loop.Streams.Homes.TryFind(Live, out var home));
        Assert.Equal(("fra-01", "ams-01"), (_platform.Id(home.Node), _platform.Id(home.Backup!.Value)));
    }

    [Fact]
    public void The_node_that_connected_earlier_is_home_whatever_was_heard_first()
    {
        long now = _platform.Replica.Clock.UnixMs;
        _platform.Arrives("fra-01", Live, sinceUnixMs: now - 1_000);
        _platform.Run(2);
        _platform.Arrives("iad-01", Live, sinceUnixMs: now - 9_000);
        _platform.Run(2);
        Assert.Equal("iad-01", _platform.HomeOf(Live));
    }

    [Fact]
    public void Of_two_that_arrive_at_once_the_lower_number_is_home()
    {
        long now = _platform.Replica.Clock.UnixMs;
        _platform.Arrives("iad-01", Live, sinceUnixMs: now);
        _platform.Arrives("ams-01", Live, sinceUnixMs: now);
        _platform.Run(2);
        Assert.Equal("ams-01", _platform.HomeOf(Live));
    }

    [Theory]
    [InlineData("says so")]
    [InlineData("names it no more")]
    [InlineData("dies")]
    public void The_backup_takes_over_when_the_first_stops(string how)
    {
        _platform.Arrives("fra-01", Live);
        _platform.Run(2);
        _platform.Arrives("ams-01", Live);
        _platform.Run(2);
        if (how == "says so") _platform.Arrives("fra-01", Live, kbps: 0);
        else if (how == "dies") _platform.Dead.Add("fra-01");
        else _platform.Unnamed("fra-01", Live);
        _platform.Run(how == "dies" ? 9 : 4);
        Assert.Equal("ams-01", _platform.HomeOf(Live));
        Assert.True(_platform.Loop.Streams.Homes.TryFind(Live, out var home));
        Assert.Equal("ams-01", _platform.Id(home.Node));
    }

    [Fact]
    public void One_report_that_does_not_name_it_changes_nothing()
    {
        _platform.Arrives("fra-01", Live);
        _platform.Run(3);
        _platform.Unnamed("fra-01", Live);
        _platform.Run(1);
        Assert.Equal("fra-01", _platform.HomeOf(Live));
        _platform.Arrives("fra-01", Live);
        _platform.Run(3);
        Assert.Equal("fra-01", _platform.HomeOf(Live));
    }

    [Fact]
    public void A_node_with_more_streams_than_a_report_names_may_name_them_in_turn()
    {
        ulong[] streams = [.. Enumerable.Range(0, 160).Select(i => (ulong)i + 1)];
        for (int round = 0; round < 9; round++)
        {
            foreach (ulong stream in streams) _platform.Unnamed("ams-01", stream);
            foreach (ulong stream in streams.Where((_, i) => i / 64 == round % 3)) _platform.Arrives("ams-01", stream);
            _platform.Run(1);
            if (round >= 3) Assert.All(streams, stream => Assert.Equal("ams-01", _platform.HomeOf(stream)));
        }
    }

    [Fact]
    public void A_stream_that_nothing_is_heard_of_is_forgotten()
    {
        _platform.Arrives("ams-01", Live);
        _platform.Watched("lon1-01", Live, 5);
        _platform.Run(2);
        Assert.Equal(5, _platform.Loop.Streams.Find(Live)!.Viewers);
        _platform.Arrives("ams-01", Live, kbps: 0);
        _platform.Watched("lon1-01", Live, 0);
        _platform.Run(2);
        Assert.False(_platform.Loop.Streams.Homes.TryFind(Live, out _));
        _platform.Unnamed("ams-01", Live);
        _platform.Unnamed("lon1-01", Live);
        _platform.Run(62);
        Assert.Null(_platform.Loop.Streams.Find(Live));
        Assert.Equal(0, _platform.Loop.Streams.Count);
    }

    [Fact]
    public void A_node_that_starts_anew_has_what_it_names_from_then_on()
    {
        _platform.Watched("lon1-01", Live, 5);
        _platform.Watched("par1-01", Live, 3);
        _platform.Run(2);
        Assert.Equal(8, _platform.Loop.Streams.Find(Live)!.Viewers);
        _platform.Unnamed("lon1-01", Live);
        _platform.Replica.Report("lon1-01", incarnation: 2, sequence: 1_000, capacity: IdcFleet.NodeKbps);
        for (int i = 0; i < 12; i++)
        {
            _platform.Replica.Time.Advance(TimeSpan.FromMilliseconds(100));
            _platform.Replica.Tick();
        }
        Assert.Equal(3, _platform.Loop.Streams.Find(Live)!.Viewers);
    }

    [Fact]
    public void The_most_watched_come_first_page_by_page()
    {
        for (int i = 1; i <= 9; i++) _platform.Watched("lon1-01", (ulong)i, 10 * i);
        _platform.Run(2);
        var first = _platform.Loop.Streams.Top(0, 4).Select(stream => stream.Viewers);
        var second = _platform.Loop.Streams.Top(4, 4).Select(stream => stream.Viewers);
        var third = _platform.Loop.Streams.Top(8, 4).Select(stream => stream.Viewers);
        Assert.Equal([90, 80, 70, 60, 50, 40, 30, 20, 10], [.. first, .. second, .. third]);
    }

    [Fact]
    public void The_book_is_bounded_and_keeps_what_was_heard_of_last()
    {
        var book = new Scheduler.State.Upstreams.StreamBook(4);
        var node = _platform.Replica.Node("lon1-01");
        for (int i = 1; i <= 6; i++)
            book.Apply(node, node.Report with { Streams = [new Scheduler.Core.Capacity.StreamLoad((ulong)i, 1, 3_000)] }, i, i);
        Assert.Equal(4, book.Count);
        Assert.Equal(2, book.Evicted);
        Assert.Null(book.Find(2));
        Assert.NotNull(book.Find(3));
    }
}
