using System.Collections.Immutable;
using Scheduler.Server.Persistence;
using Scheduler.State;
using Scheduler.State.Drains;
using Scheduler.State.Ports;
using Scheduler.Storage.Memory;
using Scheduler.Tests.Core.Dispatch;
using Scheduler.Tests.State.Configurations;
using static Scheduler.Tests.State.Drains.LocalDrainSamples;

namespace Scheduler.Tests.State.Drains;

/// <summary>How local drains become revisions: each exactly once, whoever writes it and whatever breaks on the way.</summary>
public sealed class LocalDrainRecorderTests : IAsyncLifetime
{
    private readonly VirtualClock _clock = new(Noon);
    private readonly Stores _stores = MemoryStores.Create();
    private readonly List<Member> _members = [];
    private Member First => _members[0];

    public async Task InitializeAsync()
    {
        _members.Add(await JoinAsync("replica-0"));
        await First.Centre.ChangeAsync(_ => new ConfigurationEdit.Replace(RevisionKind.Fleet, World.FleetOf(3, 2)), new ChangeOrder("test", "set up"), default);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_local_drain_becomes_one_revision_of_its_author_and_leaves_the_journal()
    {
        First.Book.Take(Local("l-1") with { Note = "forced past region_share" });
        await First.Recorder.StepAsync(default);
        await First.Recorder.StepAsync(default);
        Revision made = Assert.Single(await DrainRevisionsAsync());
        Assert.Equal(("ann", $"a fire (break-glass at replica-0, {Noon:u}; forced past region_share)"), (made.Author, made.Reason));
        Assert.Equal("l-1", Assert.Single(First.InForce.Current.Drains).Id);
        Assert.Empty(First.Journal.Lines);
    }

    [Fact]
    public async Task Nothing_is_lost_while_the_store_is_gone()
    {
        First.Book.Take(Local("l-1"));
        First.Faults.FailNextAppend = true;
        await Assert.ThrowsAsync<IOException>(async () => await First.Recorder.StepAsync(default));
        Assert.Equal("l-1", Assert.Single(First.InForce.Current.Drains).Id);
        Assert.Single(First.Journal.Lines);
        await First.Recorder.StepAsync(default);
        Assert.Single(await DrainRevisionsAsync());
    }

    [Fact]
    public async Task A_crash_between_the_revision_and_the_journal_makes_no_second_one()
    {
        First.Book.Take(Local("l-1"));
        First.Faults.LoseNextAnswer = true;
        await Assert.ThrowsAsync<IOException>(async () => await First.Recorder.StepAsync(default));
        Member again = await JoinAsync("replica-0", First.Journal);
        await again.Recorder.StepAsync(default);
        Assert.Single(await DrainRevisionsAsync());
        Assert.Empty(First.Journal.Lines);
        Assert.Equal("l-1", Assert.Single(again.InForce.Current.Drains).Id);
    }

    [Fact]
    public async Task An_undo_after_the_revision_is_not_undone_by_a_journal_of_before_it()
    {
        First.Book.Take(Local("l-1"));
        LocalDrain[] before = [.. First.Journal.Lines];
        await First.Recorder.StepAsync(default);
        await First.Centre.ChangeAsync(present => new ConfigurationEdit.Replace(RevisionKind.Undrain, Drains: present.Drains.Clear()), new ChangeOrder("bob", "it is out"), default);
        First.Journal.Lines.AddRange(before);
        Member again = await JoinAsync("replica-0", First.Journal);
        await again.Recorder.StepAsync(default);
        Assert.Empty(again.InForce.Current.Drains);
        Assert.Single(await DrainRevisionsAsync());
    }

    [Fact]
    public async Task The_taker_is_left_time_and_then_any_replica_writes_it()
    {
        Member second = await JoinAsync("replica-1");
        second.Book.Hear([Local("l-1")]);
        await second.Recorder.StepAsync(default);
        Assert.Empty(await DrainRevisionsAsync());
        _clock.Advance(TimeSpan.FromMilliseconds(LocalDrainRecorder.PatienceMs));
        await second.Recorder.StepAsync(default);
        Assert.Contains("replica-0", Assert.Single(await DrainRevisionsAsync()).Reason, StringComparison.Ordinal);

        First.Book.Take(Local("l-1")); // the taker comes back, with its journal
        await First.Recorder.StepAsync(default);
        Assert.Single(await DrainRevisionsAsync());
        Assert.Empty(First.Journal.Lines);
    }

    [Fact]
    public async Task Cancelled_before_any_store_heard_of_it_it_makes_no_revision()
    {
        First.Book.Take(Local("l-1"));
        First.Book.Take(Local("l-1").Ended());
        await First.Recorder.StepAsync(default);
        Assert.Empty(await DrainRevisionsAsync());
        Assert.Empty(First.InForce.Current.Drains);
    }

    [Fact]
    public async Task Cancelled_at_one_replica_while_another_writes_it_it_is_ended_by_a_revision()
    {
        Member second = await JoinAsync("replica-1");
        First.Book.Take(Local("l-1"));
        second.Book.Hear([Local("l-1")]);
        second.Book.Take(Local("l-1").Ended());
        await First.Recorder.StepAsync(default);
        await second.Recorder.StepAsync(default);
        Assert.Empty(second.InForce.Current.Drains);
        Assert.Empty(second.Journal.Lines);
        ImmutableArray<Revision> ends = await _stores.Revisions.ListAsync(new RevisionQuery(null, 10) { Kind = RevisionKind.Undrain }, default);
        Assert.Equal(("bob", "it is out"), (Assert.Single(ends).Author, ends[0].Reason));
    }

    private ValueTask<ImmutableArray<Revision>> DrainRevisionsAsync() => _stores.Revisions.ListAsync(new RevisionQuery(null, 10) { Kind = RevisionKind.Drain }, default);

    private async Task<Member> JoinAsync(string name, MemoryLocalDrainJournal? journal = null)
    {
        journal ??= new MemoryLocalDrainJournal();
        var faults = new FaultyRevisionStore(_stores.Revisions);
        var inForce = new ConfigurationInForce(_clock, _ => { });
        var centre = new ConfigurationCentre(faults, _stores.Numbers, new ConfigurationCodec(), _clock, inForce.Obey);
        var book = new LocalDrainBook(journal, inForce.Obey, _clock);
        book.Recover();
        await centre.LoadAsync(default);
        return new Member(centre, inForce, book, journal, faults, new LocalDrainRecorder(centre, book, name, new SchedulerClock(_clock)));
    }

    private sealed record Member(
        ConfigurationCentre Centre, ConfigurationInForce InForce, LocalDrainBook Book, MemoryLocalDrainJournal Journal, FaultyRevisionStore Faults, LocalDrainRecorder Recorder);
}
