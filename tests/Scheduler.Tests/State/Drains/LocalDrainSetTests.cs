using FsCheck;
using FsCheck.Fluent;
using Scheduler.State;
using Scheduler.State.Drains;
using static Scheduler.Tests.State.Drains.LocalDrainSamples;

namespace Scheduler.Tests.State.Drains;

/// <summary>What follows when a revision and local drains both speak, and when replicas tell each other what they know.</summary>
public sealed class LocalDrainSetTests
{
    private static readonly Gen<LocalDrain> News =
        from id in Gen.Choose(1, 3)
        from end in Gen.Choose(0, 3)
        from who in Gen.Elements("ann", "bob")
        select end == 0 ? Local($"l-{id}") : Local($"l-{id}").Ended(end, who, $"reason {end % 2}");

    [Fact]
    public void Told_in_any_order_and_any_number_of_times_replicas_agree() => Prop.ForAll(
        News.ListOf().ToArbitrary(), Gen.Choose(0, int.MaxValue).ToArbitrary(), (told, seed) =>
        {
            LocalDrain[] again = [.. told, .. told];
            new System.Random(seed).Shuffle(again);
            return SetOf(told).All.SequenceEqual(SetOf(again).All);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_drain_that_one_replica_cancelled_is_cancelled_for_all_and_stays_so() => Prop.ForAll(
        News.ListOf().ToArbitrary(), told => SetOf(told).All.All(drain => (drain.End is null) == told.All(news => news.Drain.Id != drain.Drain.Id || news.End is null)))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Nothing_local_leaves_the_revision_as_it_is()
    {
        Configuration revision = Revision("d-1");
        Assert.Same(revision, LocalDrainSet.Empty.Over(revision, Noon));
        Assert.Same(revision, SetOf([Local("l-1", hours: 0)]).Over(revision, Noon)); // over by the calendar
    }

    [Fact]
    public void Local_drains_come_after_those_of_the_revision()
    {
        Configuration merged = SetOf([Local("l-1"), Local("l-2", "p01").Ended()]).Over(Revision("d-1"), Noon);
        Assert.Equal(["d-1", "l-1"], merged.Drains.Select(drain => drain.Id));
        Assert.Equal(7, merged.Revision);
    }

    [Fact]
    public void A_drain_that_stands_in_the_revision_too_is_there_once_and_cancelled_here_not_at_all()
    {
        Configuration revision = Revision("l-1");
        Assert.Same(revision, SetOf([Local("l-1")]).Over(revision, Noon));
        Assert.Empty(SetOf([Local("l-1").Ended()]).Over(revision, Noon).Drains);
    }

    private static Configuration Revision(params string[] drains) => Configuration.Empty with { Revision = 7, Drains = [.. drains.Select(id => Drain(id))] };

    private static LocalDrainSet SetOf(IEnumerable<LocalDrain> told) => told.Aggregate(LocalDrainSet.Empty, (set, news) => set.With(news));
}
