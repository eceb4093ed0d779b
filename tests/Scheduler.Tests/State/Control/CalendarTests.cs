using Scheduler.Core.Capacity;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Routing;
using Scheduler.Core.Sessions;
using Scheduler.State.Control;
using Scheduler.State.Sessions;

namespace Scheduler.Tests.State.Control;

/// <summary>The calendar of the server is set by hours, either way, while time itself goes on.</summary>
public sealed class CalendarTests
{
    /// <summary>A cold pull costs more than the way to the next site.</summary>
    private static readonly DispatchPolicy Clinging =
        DispatchPolicy.Default with { Cost = SiteCost.Default with { ColdStreamMs = 10 } };

    private readonly Replica _replica = new(options: ControlOptions.Default with { Policy = Clinging });

    [Theory]
    [InlineData(5)]
    [InlineData(-5)]
    public void Sessions_live_on_and_end_when_their_beats_stop(double hours)
    {
        _replica.Run(3);
        SessionClaims claims = _replica.Open();
        _replica.Time.StepCalendar(TimeSpan.FromHours(hours));
        _replica.Run(60);
        Assert.True(_replica.Desk.IsLive(in claims));
        Assert.Equal(BeatAction.Stay, _replica.Desk.Beat(_replica.Snapshot, ref claims, out _));
        Assert.Equal(_replica.Clock.UnixS + 75, claims.ExpiresAtUnixS);
        _replica.Run(74);
        Assert.Equal(1, _replica.Table.Count);
        _replica.Run(3);
        Assert.Equal(0, _replica.Table.Count);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(-5)]
    public void Nodes_stay_fresh_keep_their_room_and_fall_silent_as_ever(double hours)
    {
        _replica.Run(20);
        long room = _replica.Room("p00-00");
        _replica.Time.StepCalendar(TimeSpan.FromHours(hours));
        _replica.Run(20);
        Assert.Equal(Freshness.Fresh, _replica.Node("p00-00").Freshness);
        Assert.Equal(room, _replica.Room("p00-00"));
        _replica.RunSilent(7);
        Assert.Equal(Freshness.Silent, _replica.Node("p00-00").Freshness);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(-5)]
    public void What_was_assigned_before_the_step_is_neither_forgotten_nor_counted_twice(double hours)
    {
        _replica.Run(20);
        int node = _replica.Index("p00-00");
        Assert.True(_replica.Snapshot.Load.TryTake(node, 0, 50_000));
        _replica.Time.StepCalendar(TimeSpan.FromHours(hours));
        _replica.RunSilent(4);
        _replica.Report("p00-00", egress: 0, atOffsetMs: -100);
        Assert.Equal(990_000 - 50_000, _replica.Room("p00-00"));
        for (int i = 0; i < 2; i++)
        {
            _replica.RunSilent(4);
            _replica.Report("p00-00", egress: 50_000, atOffsetMs: -100);
        }
        Assert.Equal(990_000 - 50_000, _replica.Room("p00-00"));
    }

    [Fact]
    public void A_stream_cools_although_the_calendar_was_set_back()
    {
        SessionOrder order = new() { Cell = Replica.London, Row = Replica.London, Stream = 9, Want = 3 };
        _replica.Run(3);
        _replica.Snapshot.Streams.Warm(9, 1, StreamTable.EpochOf(_replica.Clock.NowS));
        Assert.Equal("p01", SiteFor(in order));
        _replica.Time.StepCalendar(TimeSpan.FromHours(-5));
        _replica.Run(130);
        Assert.Equal("p00", SiteFor(in order));
    }

    [Fact]
    public void An_ended_drain_does_not_come_back_when_the_calendar_is_set_back()
    {
        _replica.Run(20);
        _replica.Drain("p00");
        Assert.Equal(Eligibility.Drained, _replica.Standing("p00-00"));
        _replica.Time.StepCalendar(TimeSpan.FromHours(2));
        // What the configuration centre does once a second: drains that have expired are ended by a revision.
        _replica.Configure(drains: _replica.Configuration.Drains.Where(d => d.HoldsAt(_replica.Clock.UtcNow)));
        _replica.Time.StepCalendar(TimeSpan.FromHours(-4));
        _replica.Run(2);
        Assert.Equal(Eligibility.Eligible, _replica.Standing("p00-00"));
    }

    private string SiteFor(in SessionOrder order)
    {
        _replica.Desk.Look(_replica.Snapshot, in order, out Decision decision);
        return _replica.NodeOf(decision[0])[..3];
    }
}
