using System.Collections.Immutable;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Routing;
using Scheduler.Core.Sessions;
using Scheduler.State.Ports;
using Scheduler.State.Sessions;
using Scheduler.State.Usage;
using Scheduler.Storage.Memory;

namespace Scheduler.Tests.State.Usage;

public sealed class UsageJournalTests
{
    private readonly Replica _replica = new();
    private readonly UsageBook _book;
    private readonly SessionDesk _desk;
    private readonly MemoryUsageStore _store = new();
    private readonly UsageJournal _journal;

    public UsageJournalTests()
    {
        _replica.Run(3);
        _book = new UsageBook(_replica.Clock.UnixMs, writer: 5);
        _desk = new SessionDesk(_replica.Table, _replica.Clock, SessionRules.Default, _replica.Control, salt: 1, usage: _book);
        _journal = new UsageJournal(_store, _book, _replica.Control.Publisher, _replica.Clock);
    }

    [Fact]
    public async Task A_session_counts_from_its_opening_to_its_last_beat_however_often_a_beat_is_repeated()
    {
        Assert.True(TryOpen("acme", [], out SessionClaims claims));
        for (int i = 0; i < 4; i++)
        {
            _replica.Run(30);
            SessionClaims old = claims;
            _desk.Beat(_replica.Snapshot, ref claims, out _, tenant: "acme");
            _desk.Beat(_replica.Snapshot, ref old, out _, tenant: "acme");
        }
        await _journal.KeepAsync(default);
        TenantUsage usage = Assert.Single((await ReadAsync()).Single().Tenants);
        Assert.Equal(("acme", 1L, 0L), (usage.Tenant, usage.Sessions, usage.Refusals));
        Assert.InRange(usage.Kilobits, 119 * 3_000, 122 * 3_000);
        Assert.True(usage.RttMs > 0);
    }

    [Fact]
    public async Task A_refusal_belongs_to_the_site_that_is_best_for_the_viewer()
    {
        Assert.False(TryOpen(null, [.. Enumerable.Range(0, _replica.Snapshot.Fleet.Nodes.Length)], out _));
        await _journal.KeepAsync(default);
        TenantUsage usage = Assert.Single((await ReadAsync()).Single().Tenants);
        Assert.Equal((null, 0L, 1L), (usage.Tenant, usage.Sessions, usage.Refusals));
        Assert.Equal("p00", _replica.Snapshot.Fleet.Sites.OfType<IndexedSite>().Single(site => site.Number == usage.Site).Site.Id);
    }

    [Fact]
    public async Task Only_who_leads_looks_at_sites_and_an_hour_is_kept_when_it_has_ended()
    {
        await _journal.StepAsync(leads: false, default);
        Assert.Empty(await ReadAsync());
        for (int i = 0; i < 12; i++)
        {
            _replica.Time.Advance(TimeSpan.FromMinutes(5));
            await _journal.StepAsync(leads: true, default);
        }
        ImmutableArray<UsageHour> hours = await ReadAsync();
        Assert.Equal(2, hours.Length);
        Assert.Equal(3, hours[0].Sites.Length);
        Assert.InRange(hours[0].Sites[0].Kbps.Count(kbps => kbps is not null), 10, 12);
        Assert.Equal(1, _book.Waiting); // it is kept once more, in case somebody was still counting
        _replica.Time.Advance(TimeSpan.FromMinutes(5));
        await _journal.StepAsync(leads: true, default);
        Assert.Equal(0, _book.Waiting);
    }

    [Fact]
    public async Task While_the_store_is_gone_hours_wait_and_no_more_than_three_days_of_them()
    {
        var gone = new UsageJournal(new Gone(), _book, _replica.Control.Publisher, _replica.Clock);
        for (int i = 0; i < 80; i++)
        {
            _replica.Time.Advance(TimeSpan.FromHours(1));
            await Assert.ThrowsAsync<IOException>(async () => await gone.StepAsync(leads: true, default));
        }
        Assert.Equal(UsageBook.MostWaiting, _book.Waiting);
        await _journal.KeepAsync(default);
        Assert.Equal(UsageBook.MostWaiting + 1, (await ReadAsync()).Length);
    }

    private bool TryOpen(string? tenant, ReadOnlySpan<int> exclude, out SessionClaims claims)
    {
        var order = new SessionOrder { Cell = Replica.London, Row = Replica.London, Stream = 9, Want = 1, Tenant = tenant, Exclude = exclude };
        return _desk.TryOpen(_replica.Snapshot, in order, null, out Decision _, out claims);
    }

    private async Task<ImmutableArray<UsageHour>> ReadAsync() => await _store.ReadAsync(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, default);

    private sealed class Gone : IUsageStore
    {
        public ValueTask KeepAsync(IReadOnlyCollection<UsageHour> hours, CancellationToken cancellation) => throw new IOException("gone");

        public ValueTask<ImmutableArray<UsageHour>> ReadAsync(DateTimeOffset since, DateTimeOffset until, CancellationToken cancellation) => throw new IOException("gone");

        public ValueTask<int> PruneAsync(DateTimeOffset before, CancellationToken cancellation) => throw new IOException("gone");
    }
}
