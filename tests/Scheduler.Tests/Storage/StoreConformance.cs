using System.Collections.Immutable;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Scheduler.State.Planning;
using Scheduler.State.Ports;
using Scheduler.State.Usage;

namespace Scheduler.Tests.Storage;

/// <summary>What every store must do, whatever it keeps its rows in.</summary>
public abstract class StoreConformance : IAsyncLifetime
{
    private static readonly DateTimeOffset T0 = new(2030, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);

    private Stores _stores = null!;

    /// <summary>How many sequences are tried: each opens new stores.</summary>
    protected virtual int Sequences => 20;

    /// <summary>Opens new, empty stores.</summary>
    protected abstract Stores Open();

    public Task InitializeAsync()
    {
        _stores = Open();
        return Task.CompletedTask;
    }

    public virtual async Task DisposeAsync() => await _stores.DisposeAsync();

    [Fact]
    public async Task An_empty_store_has_no_newest_revision_and_an_empty_list()
    {
        Assert.Equal(0, await _stores.Revisions.ReadNewestNumberAsync(default));
        Assert.Null(await _stores.Revisions.ReadNewestAsync(default));
        Assert.Null(await _stores.Revisions.ReadAsync(1, default));
        Assert.Empty(await _stores.Revisions.ListAsync(new RevisionQuery(null, 10), default));
    }

    [Fact]
    public async Task An_appended_revision_is_read_back_with_all_its_documents()
    {
        RevisionDraft draft = Draft("fleet-1", "drains-1") with { Request = new RequestMark("key-1", "abc") };
        Assert.Equal(new AppendResult(true, 1), await _stores.Revisions.AppendAsync(draft, 0, default));

        Assert.Equal(1, await _stores.Revisions.ReadNewestNumberAsync(default));
        StoredRevision stored = (await _stores.Revisions.ReadNewestAsync(default))!;
        Assert.Equal(1, stored.Revision.Number);
        Assert.Equal(draft.At, stored.Revision.At);
        Assert.Equal(draft.Author, stored.Revision.Author);
        Assert.Equal(draft.Reason, stored.Revision.Reason);
        Assert.Equal(draft.Kind, stored.Revision.Kind);
        Assert.Equal(draft.Request, stored.Revision.Request);
        Assert.Equal(["drains", "fleet"], stored.Documents.Keys);
        Assert.Equal("fleet-1", Encoding.UTF8.GetString(stored.Documents["fleet"].Content.Span));
        Assert.Equal(draft.Documents["fleet"].Hash, stored.Revision.Documents["fleet"]);
        Assert.Equal(draft.Documents["drains"].Hash, stored.Documents["drains"].Hash);
    }

    [Fact]
    public async Task An_append_upon_an_older_revision_loses_and_writes_nothing()
    {
        await _stores.Revisions.AppendAsync(Draft("a", "x"), 0, default);
        await _stores.Revisions.AppendAsync(Draft("b", "x"), 1, default);

        Assert.Equal(new AppendResult(false, 2), await _stores.Revisions.AppendAsync(Draft("c", "x"), 1, default));
        Assert.Equal(new AppendResult(false, 2), await _stores.Revisions.AppendAsync(Draft("c", "x"), 3, default));
        Assert.Equal(2, (await _stores.Revisions.ListAsync(new RevisionQuery(null, 10), default)).Length);
    }

    [Fact]
    public async Task Of_concurrent_appends_exactly_one_wins_each_number()
    {
        Task<AppendResult>[] appends = [.. Enumerable.Range(0, 8).Select(i => Task.Run(async () => await _stores.Revisions.AppendAsync(Draft($"f{i}", "x"), 0, default)))];
        AppendResult[] results = await Task.WhenAll(appends);
        Assert.Single(results, result => result.Appended);
        Assert.All(results, result => Assert.Equal(1, result.Newest));
    }

    [Fact]
    public async Task A_fence_is_refused_where_nobody_holds_a_lease()
    {
        Assert.Equal(new AppendResult(false, 0) { IsFenced = true }, await _stores.Revisions.AppendAsync(Draft("a", "x") with { Fence = 7 }, 0, default));
        Assert.Equal(0, await _stores.Revisions.ReadNewestNumberAsync(default));
    }

    [Fact]
    public async Task The_list_pages_through_every_revision_newest_first()
    {
        for (int i = 0; i < 7; i++) await _stores.Revisions.AppendAsync(Draft($"f{i}", "x"), i, default);

        var seen = new List<long>();
        long? before = null;
        while (await _stores.Revisions.ListAsync(new RevisionQuery(before, 3), default) is { IsEmpty: false } page)
        {
            seen.AddRange(page.Select(revision => revision.Number));
            Assert.All(page, revision => Assert.Equal(2, revision.Documents.Count));
            before = page[^1].Number;
        }

        Assert.Equal([7, 6, 5, 4, 3, 2, 1], seen);
    }

    [Fact]
    public async Task A_revision_is_found_by_the_request_that_made_it()
    {
        await _stores.Revisions.AppendAsync(Draft("a", "x"), 0, default);
        await _stores.Revisions.AppendAsync(Draft("b", "x") with { Request = new RequestMark("me/drains/1", "hash") }, 1, default);

        Assert.Null(await _stores.Revisions.FindByRequestAsync("me/drains/2", default));
        Revision found = (await _stores.Revisions.FindByRequestAsync("me/drains/1", default))!;
        Assert.Equal(2, found.Number);
        Assert.Equal("hash", found.Request!.BodyHash);
        Assert.Equal(2, found.Documents.Count);
    }

    [Fact]
    public async Task One_request_cannot_make_two_revisions()
    {
        RevisionDraft draft = Draft("a", "x") with { Request = new RequestMark("once", "hash") };
        await _stores.Revisions.AppendAsync(draft, 0, default);
        await Assert.ThrowsAnyAsync<Exception>(async () => await _stores.Revisions.AppendAsync(draft, 1, default));
        Assert.Equal(1, (await _stores.Revisions.ReadNewestAsync(default))!.Revision.Number);
    }

    [Fact]
    public void Any_sequence_of_appends_reads_back_as_it_was_written() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(Sequences), Prop.ForAll(
        ArbMap.Default.ArbFor<NonNull<string>[]>(),
        contents =>
        {
            Stores stores = Open();
            try
            {
                for (int i = 0; i < contents.Length; i++)
                {
                    Assert.True(stores.Revisions.AppendAsync(Draft(contents[i].Get, "same"), i, default).AsTask().GetAwaiter().GetResult().Appended);
                }

                for (int i = 0; i < contents.Length; i++)
                {
                    StoredRevision stored = stores.Revisions.ReadAsync(i + 1, default).AsTask().GetAwaiter().GetResult()!;
                    Assert.Equal(Encoding.UTF8.GetBytes(contents[i].Get), stored.Documents["fleet"].Content.ToArray());
                }
            }
            finally
            {
                stores.DisposeAsync().AsTask().GetAwaiter().GetResult();
            }
        }));

    [Fact]
    public async Task A_name_keeps_its_number_and_no_number_is_given_twice()
    {
        int[] first = await _stores.Numbers.NumberAsync(NumberKind.Site, ["ams", "lon1"], default);
        int[] second = await _stores.Numbers.NumberAsync(NumberKind.Site, ["par1", "lon1"], default);
        int[] third = await _stores.Numbers.NumberAsync(NumberKind.Site, ["lon1", "ams", "par1", "fra1"], default);

        Assert.Equal([1, 2], first);
        Assert.Equal([3, 2], second);
        Assert.Equal([2, 1, 3, 4], third);
    }

    [Fact]
    public async Task Each_kind_counts_for_itself()
    {
        await _stores.Numbers.NumberAsync(NumberKind.Site, ["a", "b"], default);
        Assert.Equal([1], (await _stores.Numbers.NumberAsync(NumberKind.Node, ["b"], default)).AsEnumerable());
        Assert.Empty(await _stores.Numbers.NumberAsync(NumberKind.Cell, [], default));
    }

    [Fact]
    public async Task Concurrent_numberings_agree()
    {
        string[] names = [.. Enumerable.Range(0, 50).Select(i => $"n{i}")];
        int[][] results = await Task.WhenAll(Enumerable.Range(0, 4).Select(
            i => Task.Run(async () => await _stores.Numbers.NumberAsync(NumberKind.Node, [.. names.Skip(i)], default))));
        int[] all = await _stores.Numbers.NumberAsync(NumberKind.Node, names, default);
        Assert.Equal(50, all.Distinct().Count());
        for (int i = 0; i < results.Length; i++) Assert.Equal(all[i..], results[i]);
    }

    [Fact]
    public async Task Keys_are_listed_as_they_were_added()
    {
        ApiKey first = Key("zzzzzzzzzz", "one", T0) with { Request = new RequestMark("k", "h") };
        ApiKey second = Key("bbbbbbbbbb", "two", T0.AddSeconds(-1)) with { Kind = ApiKeyKind.Reporter, Sites = ["ams", "lon1"], Tenant = "acme" };
        Assert.True(await _stores.Keys.AddAsync(first, default));
        Assert.True(await _stores.Keys.AddAsync(second, default));

        ImmutableArray<ApiKey> keys = await _stores.Keys.ListAsync(default);
        Assert.Equal(["zzzzzzzzzz", "bbbbbbbbbb"], keys.Select(key => key.Id));
        Assert.Equal(first.Hash.ToArray(), keys[0].Hash.ToArray());
        Assert.Equal(first.Request, keys[0].Request);
        Assert.Equal(T0, keys[0].CreatedAt);
        Assert.Equal("someone", keys[0].CreatedBy);
        Assert.Empty(keys[0].Sites);
        Assert.Equal(["ams", "lon1"], keys[1].Sites.AsEnumerable());
        Assert.Equal(ApiKeyKind.Reporter, keys[1].Kind);
        Assert.Equal((null, "acme"), (keys[0].Tenant, keys[1].Tenant));
        Assert.Null(keys[1].RevokedAt);
        Assert.Null(keys[1].Request);
    }

    [Fact]
    public async Task A_key_whose_id_or_request_or_holding_name_is_taken_is_not_added()
    {
        await _stores.Keys.AddAsync(Key("aaaaaaaaaa", "one", T0) with { Request = new RequestMark("k", "h") }, default);
        Assert.False(await _stores.Keys.AddAsync(Key("aaaaaaaaaa", "other", T0), default));
        Assert.False(await _stores.Keys.AddAsync(Key("bbbbbbbbbb", "one", T0), default));
        Assert.False(await _stores.Keys.AddAsync(Key("bbbbbbbbbb", "other", T0) with { Request = new RequestMark("k", "h2") }, default));
        Assert.Single(await _stores.Keys.ListAsync(default));
    }

    [Fact]
    public async Task A_revoked_key_stays_listed_and_frees_its_name()
    {
        await _stores.Keys.AddAsync(Key("aaaaaaaaaa", "one", T0), default);
        Assert.True(await _stores.Keys.RevokeAsync("aaaaaaaaaa", T0.AddHours(1), "boss", default));
        Assert.False(await _stores.Keys.RevokeAsync("aaaaaaaaaa", T0.AddHours(2), "other", default));
        Assert.False(await _stores.Keys.RevokeAsync("zzzzzzzzzz", T0, "boss", default));
        Assert.True(await _stores.Keys.AddAsync(Key("bbbbbbbbbb", "one", T0), default));

        ApiKey revoked = (await _stores.Keys.ListAsync(default))[0];
        Assert.Equal(T0.AddHours(1), revoked.RevokedAt);
        Assert.Equal("boss", revoked.RevokedBy);
    }

    [Fact]
    public async Task The_first_secret_is_made_once_and_then_read()
    {
        ImmutableArray<MasterSecret> made = await _stores.Secrets.ReadOrCreateAsync(Bytes(1), T0, default);
        ImmutableArray<MasterSecret> read = await _stores.Secrets.ReadOrCreateAsync(Bytes(2), T0.AddDays(1), default);
        Assert.Equal(1, Assert.Single(made).Id);
        Assert.Equal(Bytes(1), Assert.Single(read).Bytes.ToArray());
        Assert.Equal(T0, read[0].CreatedAt);
    }

    [Fact]
    public async Task Secrets_rotate_by_id_and_the_newest_cannot_be_retired()
    {
        await _stores.Secrets.ReadOrCreateAsync(Bytes(1), T0, default);
        Assert.Equal(2, (await _stores.Secrets.AddAsync(Bytes(2), T0, default))!.Id);
        Assert.Equal([2, 1], (await _stores.Secrets.ReadOrCreateAsync(Bytes(3), T0, default)).Select(secret => (int)secret.Id));
        Assert.False(await _stores.Secrets.RetireAsync(2, default));
        Assert.True(await _stores.Secrets.RetireAsync(1, default));
        Assert.False(await _stores.Secrets.RetireAsync(1, default));
        Assert.Equal(Bytes(2), Assert.Single(await _stores.Secrets.ReadOrCreateAsync(Bytes(3), T0, default)).Bytes.ToArray());
    }

    [Fact]
    public async Task After_255_secrets_no_more_is_added()
    {
        for (int i = 1; i <= byte.MaxValue; i++) Assert.NotNull(await _stores.Secrets.AddAsync(Bytes(1), T0, default));
        Assert.Null(await _stores.Secrets.AddAsync(Bytes(1), T0, default));
    }

    [Fact]
    public async Task Revisions_are_chosen_by_kind_author_time_and_words()
    {
        await _stores.Revisions.AppendAsync(Draft("a", "x"), 0, default);
        await _stores.Revisions.AppendAsync(Draft("b", "x") with { Author = "ann", Kind = RevisionKind.Fleet, At = T0.AddHours(1) }, 1, default);
        await _stores.Revisions.AppendAsync(Draft("c", "x") with { Author = "ann", Reason = "100%_Sure", At = T0.AddHours(2) }, 2, default);

        Assert.Equal([2], await NumbersAsync(new RevisionQuery(null, 10) { Kind = RevisionKind.Fleet }));
        Assert.Equal([3, 2], await NumbersAsync(new RevisionQuery(null, 10) { Author = "ann" }));
        Assert.Equal([3, 2], await NumbersAsync(new RevisionQuery(null, 10) { Since = T0.AddHours(1) }));
        Assert.Equal([1], await NumbersAsync(new RevisionQuery(null, 10) { Until = T0.AddHours(1) }));
        Assert.Equal([3], await NumbersAsync(new RevisionQuery(null, 10) { Text = "0%_s" }));
        Assert.Empty(await NumbersAsync(new RevisionQuery(null, 10) { Text = "0__s" }));
        Assert.Equal([2], await NumbersAsync(new RevisionQuery(3, 1) { Author = "ann", Since = T0 }));
    }

    [Fact]
    public async Task Samples_of_bandwidth_are_read_back_by_time_and_a_slot_is_kept_once()
    {
        MeterSlot first = Slot(0, (1, 5_000), (7, 0)), second = Slot(5, (1, 9_000_000_000)), third = Slot(10, (2, 1));
        await _stores.Meters.AppendAsync([second], default);
        await _stores.Meters.AppendAsync([third, Slot(5, (1, 3)), first], default);
        await _stores.Meters.AppendAsync([], default);
        ImmutableArray<MeterSlot> all = await _stores.Meters.ReadAsync(T0, T0.AddMinutes(11), default);
        Assert.Equal([first.Start, second.Start, third.Start], all.Select(slot => slot.Start));
        Assert.Equal(first.Sites.AsEnumerable(), all[0].Sites);
        Assert.Equal(second.Sites.AsEnumerable(), all[1].Sites);
        Assert.Equal([second.Start], (await _stores.Meters.ReadAsync(T0.AddMinutes(5), T0.AddMinutes(10), default)).Select(slot => slot.Start));
        Assert.Equal(2, await _stores.Meters.PruneAsync(T0.AddMinutes(10), default));
        Assert.Equal([third.Start], (await _stores.Meters.ReadAsync(T0, T0.AddMinutes(11), default)).Select(slot => slot.Start));
    }

    [Fact]
    public async Task Hours_of_usage_are_those_of_all_writers_and_the_last_word_of_each_holds()
    {
        UsageHour first = Hour(0, 1, 5), other = Hour(0, 2, 6), next = Hour(1, 1, 7), last = Hour(2, 1, 8);
        await _stores.Usage.KeepAsync([next, Hour(0, 1, 99)], default);
        await _stores.Usage.KeepAsync([first, other, last], default);
        await _stores.Usage.KeepAsync([], default);
        ImmutableArray<UsageHour> all = await _stores.Usage.ReadAsync(T0, T0.AddHours(2), default);
        Assert.Equal([(first.Start, 1L), (other.Start, 2L), (next.Start, 1L)], all.Select(hour => (hour.Start, hour.Writer)));
        Assert.Equal(first.Sites[0].Kbps.AsEnumerable(), all[0].Sites[0].Kbps);
        Assert.Equal(first.Tenants.AsEnumerable(), all[0].Tenants);
        Assert.Equal(2, await _stores.Usage.PruneAsync(T0.AddHours(1), default));
        Assert.Equal([next.Start, last.Start], (await _stores.Usage.ReadAsync(T0, T0.AddHours(9), default)).Select(hour => hour.Start));
    }

    private static UsageHour Hour(int hour, long writer, long sessions) => new(
        T0.AddHours(hour), writer, [new SiteUsage(3, [null, 4_000_000_000, 0])], [new TenantUsage(3, null, sessions, 0, 12, 0.5), new TenantUsage(3, "größe", 1, 2, 3, 4)]);

    private static MeterSlot Slot(int minutes, params (int Site, long Kbps)[] sites) =>
        new(T0.AddMinutes(minutes), [.. sites.Select(site => new NumberedKbps(site.Site, site.Kbps))]);

    [Fact]
    public async Task Audit_records_are_read_back_as_they_were_the_newest_first()
    {
        Assert.Empty(await _stores.Audit.ListAsync(new AuditQuery(null, 10), default));
        AuditRecord full = Call(0) with { Target = "lon1", Revision = 7, Reason = "fibre cut", Calls = 3 };
        AuditRecord bare = new(T0.AddSeconds(1), "", "", null, "GET /v1/admin/fleet", null, 401, null, null);
        await _stores.Audit.AppendAsync([full, bare], default);
        Assert.Equal([new AuditEntry(2, bare), new AuditEntry(1, full)], (await _stores.Audit.ListAsync(new AuditQuery(null, 10), default)).AsEnumerable());
        Assert.Equal([new AuditEntry(1, full)], (await _stores.Audit.ListAsync(new AuditQuery(2, 10), default)).AsEnumerable());
    }

    [Fact]
    public async Task Audit_records_are_chosen_by_every_condition_at_once()
    {
        await _stores.Audit.AppendAsync(
            [
                Call(0), Call(1) with { Caller = "ann", KeyId = "k9" }, Call(2) with { Operation = "DELETE /v1/admin/drains/{id}" },
                Call(3) with { Status = 403 }, Call(4) with { Target = "p1" }, Call(5) with { Revision = 9 }, Call(6) with { Reason = "50%_OFF" },
            ],
            default);
        Assert.Equal([2], await CallsAsync(query => query with { Caller = "ann" }));
        Assert.Equal([2], await CallsAsync(query => query with { Caller = "k9" }));
        Assert.Equal([3], await CallsAsync(query => query with { Operation = "delete" }));
        Assert.Equal([4], await CallsAsync(query => query with { LeastStatus = 400, MostStatus = 499 }));
        Assert.Equal([5], await CallsAsync(query => query with { Target = "p1" }));
        Assert.Equal([6], await CallsAsync(query => query with { Revision = 9 }));
        Assert.Equal([7], await CallsAsync(query => query with { Text = "%_off" }));
        Assert.Equal([4, 3], await CallsAsync(query => query with { Since = T0.AddSeconds(2), Until = T0.AddSeconds(4) }));
        Assert.Equal([2, 1], await CallsAsync(query => query with { Until = T0.AddSeconds(5), Caller = null, LeastStatus = 200, MostStatus = 299, Before = 3 }));
        Assert.Empty(await CallsAsync(query => query with { Caller = "ann", Target = "p1" }));
    }

    [Fact]
    public async Task A_text_in_a_reason_is_found_wherever_it_stands_whatever_else_is_asked()
    {
        string?[] reasons = ["fibre cut at lon1", null, "Fibre cut at ams", "seen at \"lon1\"", "FIBRE CUT", "ÜBERLAST"];
        await _stores.Audit.AppendAsync([.. reasons.Select((reason, i) => Call(i) with { Reason = reason })], default);
        (string Text, long[] Found)[] all =
            [("fibre", [5, 3, 1]), ("FIBRE cut at", [3, 1]), ("re cut", [5, 3, 1]), ("ÜBER", [6]), ("at", [4, 3, 1]), ("\"lon1\"", [4]), ("cut fibre", [])];
        foreach ((string text, long[] found) in all)
        {
            Assert.Equal(found, await CallsAsync(query => query with { Text = text }));
            Assert.Equal(found.Where(number => number < 5), await CallsAsync(query => query with { Text = text, Before = 5 }));
            Assert.Equal(found.Take(1), await CallsAsync(query => query with { Text = text, Limit = 1 }));
            Assert.Equal(found, await CallsAsync(query => query with { Text = text, Caller = "k1" }));
        }
        await _stores.Audit.PruneAsync(T0.AddSeconds(2), 2, default);
        foreach ((string text, long[] found) in all)
            Assert.Equal(found.Where(number => number > 2), await CallsAsync(query => query with { Text = text }));
    }

    [Fact]
    public async Task Old_audit_records_are_deleted_a_part_at_a_time_and_no_number_comes_again()
    {
        await _stores.Audit.AppendAsync([.. Enumerable.Range(0, 5).Select(Call)], default);
        Assert.Equal(2, await _stores.Audit.PruneAsync(T0.AddSeconds(3), 2, default));
        Assert.Equal(1, await _stores.Audit.PruneAsync(T0.AddSeconds(3), 2, default));
        Assert.Equal(0, await _stores.Audit.PruneAsync(T0.AddSeconds(3), 2, default));
        Assert.Equal([5, 4], await CallsAsync(query => query));
        Assert.Equal(2, await _stores.Audit.PruneAsync(T0.AddSeconds(9), 9, default));
        await _stores.Audit.AppendAsync([Call(9)], default);
        Assert.Equal([6], await CallsAsync(query => query));
    }

    private async Task<IEnumerable<long>> NumbersAsync(RevisionQuery query) =>
        (await _stores.Revisions.ListAsync(query, default)).Select(revision => revision.Number);

    private async Task<IEnumerable<long>> CallsAsync(Func<AuditQuery, AuditQuery> choose) =>
        (await _stores.Audit.ListAsync(choose(new AuditQuery(null, 10)), default)).Select(entry => entry.Number);

    private protected static AuditRecord Call(int second) => new(
        T0.AddSeconds(second), "k1", "the operator", "operator", "PUT /v1/admin/fleet", null, 200, null, null);

    private protected static RevisionDraft Draft(string fleet, string drains) => new(
        T0,
        "operator",
        "why not",
        RevisionKind.Drain,
        null,
        ImmutableSortedDictionary<string, Document>.Empty
            .Add("fleet", Document.Of(Encoding.UTF8.GetBytes(fleet)))
            .Add("drains", Document.Of(Encoding.UTF8.GetBytes(drains))));

    private static byte[] Bytes(byte value) => [.. Enumerable.Repeat(value, MasterSecret.Length)];

    private static ApiKey Key(string id, string name, DateTimeOffset at)
        => new(id, ApiKeyKind.Operator, name, [], Encoding.UTF8.GetBytes(id), at, "someone", null, null, null);
}
