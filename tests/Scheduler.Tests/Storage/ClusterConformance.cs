using System.Collections.Immutable;
using System.Text;
using System.Threading.Channels;
using Scheduler.State.Ports;

namespace Scheduler.Tests.Storage;

/// <summary>What every store that several replicas share must do, whatever it keeps its rows in.</summary>
public abstract class ClusterConformance : IAsyncLifetime
{
    private static readonly TimeSpan Term = TimeSpan.FromSeconds(30);
    private Stores _stores = null!;
    private ClusterStore _store = null!;

    /// <summary>Opens new, empty stores.</summary>
    protected abstract Stores Open();

    /// <summary>Lets time pass on the store's clock.</summary>
    protected abstract void Pass(TimeSpan time);

    public Task InitializeAsync()
    {
        _stores = Open();
        _store = _stores.Cluster!;
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _stores.DisposeAsync();

    [Fact]
    public async Task A_name_keeps_its_number_and_gets_a_newer_start()
    {
        Member first = (await JoinAsync("a"))!, other = (await JoinAsync("b"))!, again = (await JoinAsync("a"))!;
        Assert.Equal((1, 2, 1), (first.Number, other.Number, again.Number));
        Assert.True(again.Start > first.Start);
        Assert.Empty(await _store.Members.BeatAsync(first.Number, first.Start, default));
        Assert.Equal(2, (await _store.Members.BeatAsync(again.Number, again.Start, default)).Length);
    }

    [Fact]
    public async Task A_member_is_known_as_it_last_joined()
    {
        Member a = (await JoinAsync("a"))!;
        var draft = new MemberDraft("b", "https://b:8082", "zone-1", "0.1.0");
        await _store.Members.JoinAsync(draft with { Address = "http://elsewhere" }, default);
        Member b = (await _store.Members.JoinAsync(draft, default))!;
        Member known = (await _store.Members.BeatAsync(a.Number, a.Start, default))[1];
        Assert.Equal(b with { SilentFor = known.SilentFor }, known);
        Assert.Equal(draft, known.Draft);
        Assert.False(known.HasLeft);
    }

    [Fact]
    public async Task Of_those_who_join_at_once_each_gets_a_number_of_his_own()
    {
        Member?[] members = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () => await JoinAsync($"r{i}"))));
        Assert.Equal(Enumerable.Range(1, 8), members.Select(member => (int)member!.Number).Order());
        Assert.Equal(Enumerable.Range(0, 8).Select(i => $"r{i}"), members.Select(member => member!.Draft.Name));
    }

    [Fact]
    public async Task A_number_is_given_to_another_name_only_after_its_rest()
    {
        for (int i = 1; i <= byte.MaxValue; i++) Assert.NotNull(await JoinAsync($"r{i}"));
        Assert.Null(await JoinAsync("one-more"));
        Pass(IMembership.Rest - TimeSpan.FromMinutes(1));
        Assert.Null(await JoinAsync("one-more"));
        Assert.NotEmpty(await _store.Members.BeatAsync(1, 1, default)); // heard, so this one does not come to rest
        Pass(TimeSpan.FromMinutes(1));
        Member heir = (await JoinAsync("one-more"))!;
        Assert.NotEqual(1, heir.Number);
        Assert.True(heir.Start > 1);
        Assert.Empty(await _store.Members.BeatAsync(heir.Number, 1, default));
        ImmutableArray<Member> awake = await _store.Members.BeatAsync(1, 1, default);
        Assert.Equal(["one-more", "r1"], awake.Select(member => member.Draft.Name).Order());
    }

    [Fact]
    public async Task A_beat_ends_a_silence_and_tells_that_of_the_others()
    {
        Member a = (await JoinAsync("a"))!, b = (await JoinAsync("b"))!;
        Pass(Term);
        ImmutableArray<Member> members = await _store.Members.BeatAsync(b.Number, b.Start, default);
        Assert.Equal([a.Number, b.Number], members.Select(member => member.Number));
        Assert.True(members[0].SilentFor >= Term);
        Assert.True(members[1].SilentFor < Term);
    }

    [Fact]
    public async Task A_member_that_left_is_told_as_such_until_it_joins_again()
    {
        Member a = (await JoinAsync("a"))!, b = (await JoinAsync("b"))!;
        await _store.Members.LeaveAsync(b.Number, b.Start, default);
        Assert.True((await _store.Members.BeatAsync(a.Number, a.Start, default))[1].HasLeft);
        await JoinAsync("b");
        await _store.Members.LeaveAsync(b.Number, b.Start, default); // of an earlier start
        Assert.False((await _store.Members.BeatAsync(a.Number, a.Start, default))[1].HasLeft);
    }

    [Fact]
    public async Task The_lease_goes_over_when_it_runs_out_or_is_given_up_and_its_fence_rises()
    {
        Assert.Equal((1, 1L), await HoldAsync(1));
        Assert.Equal((1, 1L), await HoldAsync(2));
        Pass(Term);
        Assert.Equal((2, 2L), await HoldAsync(2));
        await _store.Leadership.ResignAsync(1, default); // not the lease that holds
        Assert.Equal((2, 2L), await HoldAsync(1));
        await _store.Leadership.ResignAsync(2, default);
        Assert.Equal((1, 3L), await HoldAsync(1));
        Assert.Equal((1, 3L), await HoldAsync(1));
        Assert.Equal((1, 3L), await HoldAsync(1, start: 2)); // a newer start waits like anybody
        Pass(Term);
        Assert.Equal((1, 4L), await HoldAsync(1, start: 2));
    }

    [Fact]
    public async Task A_lease_that_is_renewed_holds_for_its_term_from_then_on()
    {
        await HoldAsync(1);
        Pass(Term / 2);
        Assert.True((await _store.Leadership.HoldAsync(2, 1, Term, default)).Left <= Term / 2);
        await HoldAsync(1);
        Pass(Term / 2);
        Assert.Equal((1, 1L), await HoldAsync(2));
    }

    [Fact]
    public async Task Of_those_who_want_the_lease_at_once_one_gets_it_and_the_others_are_told_who()
    {
        for (int round = 1; round <= 4; round++)
        {
            Leadership[] told = await Task.WhenAll(Enumerable.Range(1, 8).Select(
                number => Task.Run(async () => await _store.Leadership.HoldAsync((byte)number, 1, Term, default))));
            Assert.Single(told.Select(leadership => leadership.Leader).Distinct());
            Assert.All(told, leadership => Assert.Equal(round, leadership.Fence));
            await _store.Leadership.ResignAsync(round, default);
        }
    }

    [Fact]
    public async Task A_stale_leader_cannot_write_its_plan()
    {
        Assert.Null(await _store.Plans.ReadAsync(default));
        await HoldAsync(1);
        Assert.True(await _store.Plans.WriteAsync(Plan(1, "first"), default));
        Pass(Term);
        Assert.True(await _store.Plans.WriteAsync(Plan(1, "late"), default)); // the lease has run out, and nobody has led since
        await HoldAsync(2);
        Assert.False(await _store.Plans.WriteAsync(Plan(1, "stale"), default));
        StoredPlan kept = (await _store.Plans.ReadAsync(default))!;
        Assert.Equal((1L, DateTimeOffset.UnixEpoch, "late"), (kept.Fence, kept.At, Encoding.UTF8.GetString(kept.Content.Span)));
        Assert.True(await _store.Plans.WriteAsync(Plan(2, "second"), default));
        Assert.Equal("second", Encoding.UTF8.GetString((await _store.Plans.ReadAsync(default))!.Content.Span));
    }

    [Fact]
    public async Task A_revision_of_a_stale_leader_is_refused_and_those_of_operators_need_no_lease()
    {
        await HoldAsync(1);
        Assert.Equal(new AppendResult(true, 1), await AppendAsync(0, fence: 1));
        Pass(Term);
        await HoldAsync(2);
        Assert.Equal(new AppendResult(false, 1) { IsFenced = true }, await AppendAsync(1, fence: 1));
        Assert.Equal(1, await _stores.Revisions.ReadNewestNumberAsync(default));
        Assert.Equal(new AppendResult(true, 2), await AppendAsync(1, fence: 2));
        Assert.Equal(new AppendResult(false, 2), await AppendAsync(1, fence: 2)); // it leads, and another writer was first
        Assert.Equal(new AppendResult(true, 3), await AppendAsync(2, fence: null));
    }

    [Fact]
    public async Task Who_listens_is_told_of_what_changed_and_of_no_beat()
    {
        Channel<StoreChange> heard = Channel.CreateUnbounded<StoreChange>();
        using var stop = new CancellationTokenSource();
        Task listening = _store.Changes.ListenAsync(change => heard.Writer.TryWrite(change), stop.Token);
        Member member;
        do member = (await JoinAsync("a"))!;
        while (!heard.Reader.TryRead(out _)); // it listens from now on

        await _stores.Secrets.ReadOrCreateAsync(new byte[MasterSecret.Length], DateTimeOffset.UnixEpoch, default);
        StoreChange next;
        do next = await NextAsync();
        while (next == StoreChange.Members); // of the joins above
        Assert.Equal(StoreChange.Keys, next);

        await _stores.Secrets.ReadOrCreateAsync(new byte[MasterSecret.Length], DateTimeOffset.UnixEpoch, default);
        await _store.Members.BeatAsync(member.Number, member.Start, default);
        await AppendAsync(0, fence: null);
        Assert.Equal(StoreChange.Revisions, await NextAsync());
        await HoldAsync(1);
        Assert.Equal(StoreChange.Members, await NextAsync());
        await HoldAsync(1);
        Assert.True(await _stores.Keys.AddAsync(new ApiKey("k", ApiKeyKind.Viewer, "k", [], new byte[32], DateTimeOffset.UnixEpoch, "x", null, null, null), default));
        Assert.Equal(StoreChange.Keys, await NextAsync());
        Assert.True(await _stores.Keys.RevokeAsync("k", DateTimeOffset.UnixEpoch, "x", default));
        Assert.Equal(StoreChange.Keys, await NextAsync());
        await _store.Leadership.ResignAsync(1, default);
        Assert.Equal(StoreChange.Members, await NextAsync());
        await _store.Members.LeaveAsync(member.Number, member.Start, default);
        Assert.Equal(StoreChange.Members, await NextAsync());

        await stop.CancelAsync();
        await listening;
        await AppendAsync(1, fence: null);
        Assert.False(heard.Reader.TryRead(out _));

        async Task<StoreChange> NextAsync()
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            return await heard.Reader.ReadAsync(patience.Token);
        }
    }

    private ValueTask<Member?> JoinAsync(string name) => _store.Members.JoinAsync(new MemberDraft(name, "http://localhost:1", "", "1"), default);

    private async Task<(int Leader, long Fence)> HoldAsync(byte number, long start = 1)
    {
        Leadership told = await _store.Leadership.HoldAsync(number, start, Term, default);
        return (told.Leader, told.Fence);
    }

    private ValueTask<AppendResult> AppendAsync(long upon, long? fence)
    {
        var documents = ImmutableSortedDictionary<string, Document>.Empty.Add("fleet", Document.Of(Encoding.UTF8.GetBytes($"fleet {upon}")));
        return _stores.Revisions.AppendAsync(
            new RevisionDraft(DateTimeOffset.UnixEpoch, "scheduler", "why", RevisionKind.Expiry, null, documents) { Fence = fence }, upon, default);
    }

    private static StoredPlan Plan(long fence, string content) => new(fence, DateTimeOffset.UnixEpoch, Encoding.UTF8.GetBytes(content));
}
