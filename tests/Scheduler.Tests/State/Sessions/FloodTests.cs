using Scheduler.Core.Dispatch;
using Scheduler.Core.Sessions;
using Scheduler.State.Sessions;

namespace Scheduler.Tests.State.Sessions;

/// <summary>Whoever comes in a crowd takes no more than there is.</summary>
public sealed class FloodTests
{
    private const int PerSecond = 10_000;

    [Fact]
    public void Ten_thousand_new_streams_a_second_that_never_return_take_bounded_memory_and_leave()
    {
        const int Capacity = 100_000;
        var replica = new Replica(rules: SessionRules.Default with { PlayKbps = 1 }, capacity: Capacity);
        replica.Run(3);
        ulong stream = 1;
        int opened = 0;
        for (int second = 0; second < 30; second++)
        {
            for (int i = 0; i < PerSecond; i++) opened += replica.TryOpen(out _, out _, ++stream * 0x9E3779B97F4A7C15UL) ? 1 : 0;
            replica.Run(1);
        }
        Assert.Equal(Capacity, opened);
        Assert.Equal(Capacity, replica.Table.UsedPlaces);
        Assert.InRange(replica.Snapshot.Streams.CountStreams(), 1, replica.Snapshot.Streams.Capacity);

        Assert.Equal(0, Allocated.Bytes(() =>
        {
            for (int i = 0; i < 1_000; i++) replica.TryOpen(out _, out _, ++stream * 0x9E3779B97F4A7C15UL);
        }));

        replica.Run(301);
        Assert.Equal(0, replica.Table.Count);
        Assert.True(replica.TryOpen(out _, out _));
        Assert.Equal(Capacity, replica.Table.UsedPlaces);
    }

    [Fact]
    public void Ten_thousand_beats_with_one_token_are_one_session_and_allocate_nothing()
    {
        var replica = new Replica();
        replica.Run(3);
        SessionClaims claims = replica.Open();
        long room = replica.Room(replica.NodeOf(claims));
        int stays = 0;
        Assert.Equal(0, Allocated.Bytes(() =>
        {
            for (int i = 0; i < 10_000; i++)
            {
                SessionClaims first = claims; // the same token again and again, as if no answer had been read
                stays += replica.Desk.Beat(replica.Snapshot, ref first, out Decision _) == BeatAction.Stay ? 1 : 0;
            }
        }));
        Assert.Equal(50_000, stays);
        Assert.Equal(1, replica.Table.Count);
        Assert.Equal(room, replica.Room(replica.NodeOf(claims)));
    }
}
