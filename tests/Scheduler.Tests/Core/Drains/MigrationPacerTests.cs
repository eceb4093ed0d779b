using Scheduler.Core.Drains;

namespace Scheduler.Tests.Core.Drains;

public sealed class MigrationPacerTests
{
    [Fact]
    public void A_receiver_has_room_up_to_nine_tenths()
    {
        Assert.Equal(400, MigrationPacer.RoomKbps(1_000, 500, 0.9));
        Assert.Equal(0, MigrationPacer.RoomKbps(1_000, 900, 0.9));
        Assert.Equal(0, MigrationPacer.RoomKbps(1_000, 1_200, 0.9));
    }

    [Fact]
    public void A_target_lets_two_per_cent_of_what_it_can_carry_go_in_five_seconds() =>
        Assert.Equal(20_000, 5 * MigrationPacer.SourcePace(1_000_000, leftKbps: 1, untilDeadlineMs: null), 6);

    [Fact]
    public void A_deadline_asks_for_more_but_never_for_less()
    {
        Assert.Equal(10_000, MigrationPacer.SourcePace(1_000_000, 600_000, untilDeadlineMs: 60_000));
        Assert.Equal(4_000, MigrationPacer.SourcePace(1_000_000, 600_000, untilDeadlineMs: 3_600_000));
        Assert.Equal(600_000, MigrationPacer.SourcePace(1_000_000, 600_000, untilDeadlineMs: 0));
    }
}
