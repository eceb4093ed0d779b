using Scheduler.Core.Sessions;
using Scheduler.State.Sessions;

namespace Scheduler.Tests.State.Control;

public sealed class ExpiryTests
{
    [Fact]
    public void A_session_whose_beats_stop_ends_after_two_and_a_half_of_them()
    {
        var replica = new Replica();
        replica.Run(3);
        SessionClaims claims = replica.Open();
        replica.Run(74);
        Assert.Equal(1, replica.Table.Count);
        replica.Run(3);
        Assert.Equal(0, replica.Table.Count);
        Assert.Equal(1, replica.Control.Expired);
        Assert.Equal(BeatAction.Ended, replica.Desk.Beat(replica.Snapshot, ref claims, out _));
    }

    [Fact]
    public void A_beat_puts_the_end_off()
    {
        var replica = new Replica();
        replica.Run(3);
        SessionClaims claims = replica.Open();
        for (int i = 0; i < 5; i++)
        {
            replica.Run(60);
            Assert.Equal(BeatAction.Stay, replica.Desk.Beat(replica.Snapshot, ref claims, out _));
        }
        Assert.Equal(0, replica.Control.Expired);
        Assert.Equal(replica.Clock.UnixS + 75, claims.ExpiresAtUnixS);
    }

    [Fact]
    public void Ticks_reach_every_place_of_a_large_table_within_two_seconds()
    {
        var replica = new Replica();
        replica.Run(3);
        for (int i = 0; i < 1_500; i++) replica.Open((ulong)i, bitrateBps: 1);
        replica.Run(77);
        Assert.Equal(0, replica.Table.Count);
        Assert.Equal(1_500, replica.Control.Expired);
    }
}
