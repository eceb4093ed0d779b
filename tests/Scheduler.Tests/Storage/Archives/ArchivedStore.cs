using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Scheduler.State.Ports;
using Scheduler.State.Usage;
using Scheduler.Storage;

namespace Scheduler.Tests.Storage.Archives;

/// <summary>A store with something of everything in it, and all of a store as text.</summary>
internal static class ArchivedStore
{
    public static readonly DateTimeOffset T0 = new(2030, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);
    public static readonly byte[] Secret = [.. Enumerable.Repeat((byte)7, MasterSecret.Length)];
    public static readonly AuditRecord Call = new(T0, "k1", "ann", "operator", "PUT /v1/admin/fleet", null, 200, 3, "größer ✓");

    public static readonly UsageHour Hour = new(T0, 7, [new SiteUsage(1, [5, null])], [new TenantUsage(1, "acme", 3, 2, 1_000, 12.5)]);

    public static RevisionDraft Draft(string fleet) => new(
        T0, "ann", "why \"not\"", RevisionKind.Fleet, null,
        ImmutableSortedDictionary<string, Document>.Empty.Add("fleet", Document.Of(Encoding.UTF8.GetBytes(fleet))).Add("drains", Document.Of("""[{"id":"d-2","kind":0,"target":"lon1"}]"""u8.ToArray())));

    public static async Task FillAsync(string address)
    {
        await using Stores stores = StoreAddress.Open(address);
        for (int i = 0; i < 3; i++) await stores.Revisions.AppendAsync(Draft($"{{\"fleet\":\"№ {i}\"}}") with { Request = new RequestMark($"r{i}", "h") }, i, default);
        await stores.Numbers.NumberAsync(NumberKind.Node, ["n1", "n2", "n3"], default);
        await stores.Numbers.NumberAsync(NumberKind.Site, ["s1", "s2"], default);
        await stores.Keys.AddAsync(Key("k1"), default);
        await stores.Keys.AddAsync(Key("k2") with { Kind = ApiKeyKind.Reporter, Sites = ["s1", "s2"] }, default);
        await stores.Keys.RevokeAsync("k1", T0.AddDays(1), "bob", default);
        await stores.Secrets.ReadOrCreateAsync(Secret, T0, default);
        await stores.Secrets.AddAsync(Secret, T0, default);
        await stores.Meters.AppendAsync([new MeterSlot(T0, [new(1, 2_000_000), new(2, 0)])], default);
        await stores.Usage.KeepAsync([Hour], default);
        await stores.Audit.AppendAsync([Call, Call with { Status = 403, Calls = 9, Target = "lon1" }], default);
    }

    /// <summary>Everything that the ports tell.</summary>
    public static async Task<string> ShownAsync(string address)
    {
        await using Stores stores = StoreAddress.Open(address);
        var all = new List<object>();
        foreach (Revision revision in await stores.Revisions.ListAsync(new RevisionQuery(null, 100), default))
        {
            StoredRevision stored = (await stores.Revisions.ReadAsync(revision.Number, default))!;
            all.Add(revision);
            all.Add(stored.Documents.Select(document => (document.Key, Encoding.UTF8.GetString(document.Value.Content.Span))).ToArray());
        }
        all.AddRange(await stores.Keys.ListAsync(default));
        all.AddRange(await stores.Audit.ListAsync(new AuditQuery(null, 100), default));
        all.Add(await stores.Numbers.NumberAsync(NumberKind.Node, ["n1", "n2", "n3"], default));
        all.Add(await stores.Numbers.NumberAsync(NumberKind.Site, ["s1", "s2"], default));
        foreach (MeterSlot slot in await stores.Meters.ReadAsync(T0.AddDays(-1), T0.AddDays(1), default)) all.Add((slot.Start, slot.Sites.ToArray()));
        foreach (UsageHour hour in await stores.Usage.ReadAsync(T0.AddDays(-1), T0.AddDays(1), default)) all.Add((hour.Start, hour.Writer, hour.Sites[0].Kbps.ToArray(), hour.Tenants.ToArray()));
        foreach (MasterSecret secret in await stores.Secrets.ReadOrCreateAsync(Secret, T0, default)) all.Add((secret.Id, Convert.ToHexString(secret.Bytes.Span), secret.CreatedAt));
        return JsonSerializer.Serialize(all, new JsonSerializerOptions { IncludeFields = true, WriteIndented = true });
    }

    private static ApiKey Key(string id) => new(
        id, ApiKeyKind.Operator, $"name of {id}", [], Encoding.UTF8.GetBytes($"hash of {id}"), T0, "someone", null, null, new RequestMark($"request of {id}", "h"));
}
