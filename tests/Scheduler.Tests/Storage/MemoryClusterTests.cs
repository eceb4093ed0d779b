using System.Text;
using Scheduler.State.Ports;
using Scheduler.Storage.Memory;

namespace Scheduler.Tests.Storage;

/// <summary>The shared stores of one process, which the tests of several replicas build upon.</summary>
public sealed class MemoryClusterTests
{
    private static readonly TimeSpan Term = TimeSpan.FromSeconds(3);
    private readonly VirtualClock _clock = new();
    private readonly ClusterStore _store;

    public MemoryClusterTests() => _store = MemoryStores.CreateShared(_clock).Cluster!;

    [Fact]
    public async Task A_name_keeps_its_number_and_gets_a_newer_start()
    {
        Member first = (await Join("a"))!, other = (await Join("b"))!, again = (await Join("a"))!;
        Assert.Equal((1, 2, 1), (first.Number, other.Number, again.Number));
        Assert.True(again.Start > first.Start);
        Assert.Empty(await _store.Members.BeatAsync(first.Number, first.Start, default));
        Assert.Equal(2, (await _store.Members.BeatAsync(again.Number, again.Start, default)).Length);
    }

    [Fact]
    public async Task A_number_is_given_to_another_name_only_after_its_rest()
    {
        for (int i = 1; i <= byte.MaxValue; i++) Assert.NotNull(await Join($"r{i}"));
        Assert.Null(await Join("one-more"));
        _clock.Advance(IMembership.Rest - TimeSpan.FromTicks(1));
        Assert.Null(await Join("one-more"));
        _clock.Advance(TimeSpan.FromTicks(1));
        Member heir = (await Join("one-more"))!;
        Assert.True(heir.Start > 1);
        Assert.Empty(await _store.Members.BeatAsync(heir.Number, 1, default));
    }

    [Fact]
    public async Task A_member_that_left_is_told_as_such_until_it_joins_again()
    {
        Member a = (await Join("a"))!, b = (await Join("b"))!;
        await _store.Members.LeaveAsync(b.Number, b.Start, default);
        Assert.True((await _store.Members.BeatAsync(a.Number, a.Start, default))[1].HasLeft);
        await Join("b");
        Assert.False((await _store.Members.BeatAsync(a.Number, a.Start, default))[1].HasLeft);
    }

    [Fact]
    public async Task The_lease_goes_over_when_it_runs_out_or_is_given_up_and_its_fence_rises()
    {
        Assert.Equal((1, 1L), Told(await _store.Leadership.HoldAsync(1, 1, Term, default)));
        Assert.Equal((1, 1L), Told(await _store.Leadership.HoldAsync(2, 1, Term, default)));
        _clock.Advance(Term);
        Assert.Equal((2, 2L), Told(await _store.Leadership.HoldAsync(2, 1, Term, default)));
        await _store.Leadership.ResignAsync(1, default); // not the lease that holds
        Assert.Equal((2, 2L), Told(await _store.Leadership.HoldAsync(1, 1, Term, default)));
        await _store.Leadership.ResignAsync(2, default);
        Assert.Equal((1, 3L), Told(await _store.Leadership.HoldAsync(1, 1, Term, default)));
        Assert.Equal((1, 3L), Told(await _store.Leadership.HoldAsync(1, 1, Term, default)));
        Assert.Equal((1, 3L), Told(await _store.Leadership.HoldAsync(1, 2, Term, default))); // a newer start waits like anybody
    }

    [Fact]
    public async Task A_stale_leader_cannot_write_its_plan()
    {
        await _store.Leadership.HoldAsync(1, 1, Term, default);
        Assert.True(await _store.Plans.WriteAsync(Plan(1, "first"), default));
        _clock.Advance(Term);
        await _store.Leadership.HoldAsync(2, 1, Term, default);
        Assert.False(await _store.Plans.WriteAsync(Plan(1, "stale"), default));
        Assert.Equal("first", Encoding.UTF8.GetString((await _store.Plans.ReadAsync(default))!.Content.Span));
        Assert.True(await _store.Plans.WriteAsync(Plan(2, "second"), default));
    }

    [Fact]
    public async Task Who_listens_is_told_of_joins_until_he_stops()
    {
        var heard = new List<StoreChange>();
        using var stop = new CancellationTokenSource();
        Task listening = _store.Changes.ListenAsync(heard.Add, stop.Token);
        await Join("a");
        Assert.Equal([StoreChange.Members], heard);
        await stop.CancelAsync();
        await listening;
        await Join("b");
        Assert.Single(heard);
    }

    private ValueTask<Member?> Join(string name) => _store.Members.JoinAsync(new MemberDraft(name, "http://localhost:1", "", "1"), default);

    private static (int Leader, long Fence) Told(Leadership leadership) => (leadership.Leader, leadership.Fence);

    private static StoredPlan Plan(long fence, string content) => new(fence, DateTimeOffset.UnixEpoch, Encoding.UTF8.GetBytes(content));
}
