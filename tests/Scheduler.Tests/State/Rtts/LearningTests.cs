using Scheduler.Core.Sessions;
using Scheduler.State.Control;

namespace Scheduler.Tests.State.Rtts;

/// <summary>From a player's beat to the next viewer's decision.</summary>
public sealed class LearningTests
{
    [Fact]
    public void What_players_measure_moves_the_next_viewers()
    {
        Replica replica = Started(ControlOptions.Default);
        Assert.Equal("p00-", replica.NodeOf(replica.Look()[0])[..4]);
        BeatAll(replica, sessions: 6, rttMs: 150);
        replica.Run(12);
        Assert.Equal("p01-", replica.NodeOf(replica.Look()[0])[..4]);
        Assert.Equal(1, replica.Control.Rtts!.Pairs);
    }

    [Fact]
    public void A_session_counts_once_a_minute()
    {
        Replica replica = Started(ControlOptions.Default);
        SessionClaims claims = replica.Open();
        for (ulong network = 0; network < 10; network++) replica.Desk.Beat(replica.Snapshot, ref claims, out _, 150, network);
        replica.Run(1);
        Assert.Equal((1, 9), (replica.Control.Rtts!.Taken, replica.Control.Rtts.Rejected));
    }

    [Fact]
    public void A_beat_without_a_measurement_counts_nowhere()
    {
        Replica replica = Started(ControlOptions.Default);
        SessionClaims claims = replica.Open();
        replica.Desk.Beat(replica.Snapshot, ref claims, out _);
        replica.Run(1);
        Assert.Equal((0, 0), (replica.Control.Rtts!.Taken, replica.Control.Rtts.Rejected));
    }

    [Fact]
    public void With_learning_off_the_model_holds()
    {
        Replica replica = Started(ControlOptions.Default with { Learning = null });
        BeatAll(replica, sessions: 6, rttMs: 150);
        replica.Run(12);
        Assert.Equal("p00-", replica.NodeOf(replica.Look()[0])[..4]);
    }

    [Fact]
    public void A_beat_with_a_measurement_allocates_nothing()
    {
        Replica replica = Started(ControlOptions.Default);
        SessionClaims claims = replica.Open();
        Assert.Equal(0, Allocated.Bytes(() =>
        {
            for (ulong network = 0; network < 100; network++) replica.Desk.Beat(replica.Snapshot, ref claims, out _, 150, network);
        }));
    }

    private static Replica Started(ControlOptions options)
    {
        var replica = new Replica(sites: 3, nodesPerSite: 2, options: options);
        replica.Run(2);
        return replica;
    }

    private static void BeatAll(Replica replica, int sessions, double rttMs)
    {
        for (int i = 0; i < sessions; i++)
        {
            SessionClaims claims = replica.Open();
            replica.Desk.Beat(replica.Snapshot, ref claims, out _, rttMs, (ulong)i);
        }
    }
}
