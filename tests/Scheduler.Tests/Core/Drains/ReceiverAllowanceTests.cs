using FsCheck;
using FsCheck.Fluent;
using Scheduler.Core.Drains;

namespace Scheduler.Tests.Core.Drains;

public sealed class ReceiverAllowanceTests
{
    [Fact]
    public void A_receiver_is_given_three_per_cent_of_its_headroom_in_a_second()
    {
        var receiver = new ReceiverAllowance();
        receiver.Refill(1_000_000, 500_000, 0.9, 1, 1_000);
        long given = 0;
        while (receiver.TryTake(1_000, pulls: false, out _)) given += 1_000;
        Assert.Equal(12_000, given);
    }

    [Fact]
    public void It_begins_to_pull_few_streams_a_second_while_warm_ones_go_on()
    {
        var receiver = new ReceiverAllowance();
        receiver.Refill(1_000_000_000, 0, 0.9, 1, 1_000);
        int cold = 0;
        while (receiver.TryTake(1, pulls: true, out _)) cold++;
        Assert.Equal(MigrationPacer.PullsPerS, cold);
        Assert.True(receiver.TryTake(1, pulls: false, out _));
    }

    [Fact]
    public void It_is_given_a_bounded_number_of_sessions_a_second_however_light_they_are()
    {
        var receiver = new ReceiverAllowance();
        receiver.Refill(1_000_000_000, 0, 0.9, 1, 1_000);
        int sessions = 0;
        while (receiver.TryTake(1, pulls: false, out _)) sessions++;
        Assert.Equal(MigrationPacer.SessionsPerS, sessions);
    }

    [Fact]
    public void Without_room_it_is_full_and_beyond_its_pace_it_is_not()
    {
        var receiver = new ReceiverAllowance();
        receiver.Refill(1_000, 899, 0.9, 1, 1_000);
        Assert.False(receiver.TryTake(2, pulls: false, out bool full));
        Assert.True(full);
        receiver.Refill(1_000, 800, 0.9, 1, 1_000);
        Assert.True(receiver.TryTake(50, pulls: false, out _)); // heavier than the pace: owed
        Assert.False(receiver.TryTake(1, pulls: false, out full));
        Assert.False(full);
    }

    /// <summary>Whatever is asked for and however load moves by itself: what migration adds never lifts a receiver over nine tenths.</summary>
    [Fact]
    public void Migration_never_lifts_a_receiver_over_nine_tenths() => Prop.ForAll(
        Gen.Choose(int.MinValue, int.MaxValue).ToArbitrary(),
        seed =>
        {
            var random = new Random(seed);
            var receiver = new ReceiverAllowance();
            long capacity = random.Next(1_000, 1_000_000), load = random.Next((int)capacity);
            for (int tick = 0; tick < 300; tick++)
            {
                load = Math.Max(0, load - random.Next((int)(capacity / 200)));
                receiver.Refill(capacity, load, 0.9, 1, 100);
                for (int session = random.Next(20); session > 0; session--)
                {
                    long kbps = random.Next(1, 20_000);
                    if (!receiver.TryTake(kbps, random.Next(2) == 0, out _)) continue;
                    load += kbps;
                    if (load > 0.9 * capacity) return false;
                }
            }
            return true;
        }).QuickCheckThrowOnFailure();
}
