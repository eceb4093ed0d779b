namespace Scheduler.Tests.State.Sites;

/// <summary>What a report's <c>at</c> does: it decides which assignments the reported egress already shows.</summary>
public sealed class ReportTimeTests
{
    private const long Assigned = 50_000, Egress = 200_000;
    private readonly Replica _replica = new(sites: 1, nodesPerSite: 1);

    [Theory]
    [InlineData(null, 3)]
    [InlineData(0L, 3)]
    [InlineData(-2_000L, 3)]
    [InlineData(3_600_000L, 3)]       // a clock that is ahead: taken as measured on arrival
    [InlineData(-3_600_000L, 7)]      // a clock that is behind: taken as 5 s old, no more
    [InlineData(long.MinValue / 4, 7)]
    public void What_was_assigned_before_it_was_measured_is_not_counted_twice(long? at, double secondsSince) =>
        Assert.Equal(Egress, LoadAfter(at, secondsSince));

    [Theory]
    [InlineData(-4_000L, 3)]
    [InlineData(-3_600_000L, 4)]
    public void What_was_assigned_after_it_was_measured_is_added(long? at, double secondsSince) =>
        Assert.Equal(Egress + Assigned, LoadAfter(at, secondsSince));

    [Fact]
    public void What_was_assigned_in_the_ten_seconds_before_may_not_have_begun_and_takes_room()
    {
        long Room(double secondsSince)
        {
            var replica = new Replica(sites: 1, nodesPerSite: 1);
            replica.Run(20);
            Assert.True(replica.Snapshot.Load.TryTake(replica.Index("p00-00"), 0, Assigned));
            replica.Run(secondsSince);
            replica.Report("p00-00", Egress);
            return replica.Room("p00-00");
        }

        Assert.Equal(990_000 - Egress - Assigned, Room(8));
        Assert.Equal(990_000 - Egress, Room(12));
    }

    private long LoadAfter(long? at, double secondsSince)
    {
        _replica.Run(20);
        Assert.True(_replica.Snapshot.Load.TryTake(_replica.Index("p00-00"), 0, Assigned));
        _replica.RunSilent(secondsSince);
        _replica.Report("p00-00", Egress, atOffsetMs: at);
        return _replica.Load("p00-00");
    }
}
