using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Scheduler.Cli.Geo;
using Scheduler.Core.Topology;
using Scheduler.Core.Units;
using Scheduler.Protocol.Documents;
using Scheduler.Protocol.Fleets;
using Scheduler.State.Ports;
using Scheduler.Storage;

namespace Scheduler.Cli.Bench;

/// <summary>
/// <c>bench store</c>: what operators wait for on a store that has seen much: 1,000 revisions of a fleet of 170 sites and 1,000 nodes, 100,000 audit records,
/// in an SQLite file, or in an empty store that is given. A page is 50 rows.
/// </summary>
/// <param name="address">The store; null for an SQLite file that is made and removed.</param>
internal sealed class StoreBench(string? address = null) : IBench
{
    private const int Revisions = 1_000;
    private const int Records = 100_000;
    private const int PageLength = 50;
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public string Name => "store";

    /// <inheritdoc/>
    public IEnumerable<BenchResult> Run()
    {
        string path = Path.Combine(Path.GetTempPath(), $"scheduler-bench-{Guid.NewGuid():N}.db");
        try
        {
            Stores stores = StoreAddress.Open(address ?? "sqlite:" + path);
            if (Result(stores.Revisions.ReadNewestNumberAsync(CancellationToken.None)) != 0) throw new IOException("the store that is measured is filled, and must be empty before");
            Fill(stores);
            yield return Of("revisions-newest", () => Result(stores.Revisions.ReadNewestNumberAsync(CancellationToken.None)));
            yield return Of("revisions-page", () => ListRevisions(stores, new RevisionQuery(null, PageLength)));
            yield return Of("revisions-rare", () => ListRevisions(stores, new RevisionQuery(null, PageLength) { Text = "Change 7" }));
            yield return Of("revisions-diff", () => Diff(stores, Revisions / 2));
            long newest = Revisions;
            yield return Of("revisions-append", () => newest = Append(stores, newest));
            yield return Of("audit-page", () => ListAudit(stores, new AuditQuery(null, PageLength)));
            yield return Of("audit-target", () => ListAudit(stores, new AuditQuery(null, PageLength) { Target = "n7" }));
            yield return Of("audit-since", () => ListAudit(stores, new AuditQuery(null, PageLength) { Since = Start.AddSeconds(Records - 10) }));
            yield return Of("audit-nothing", () => ListAudit(stores, new AuditQuery(null, PageLength) { Text = "nothing has this in it" }));
            Wait(stores.DisposeAsync());
        }
        finally
        {
            foreach (string file in (string[])[path, path + "-wal", path + "-shm"]) File.Delete(file);
        }
    }

    private static BenchResult Of(string name, Func<long> work) => Measurement.Of(name, 1, work);

    private static void Fill(Stores stores)
    {
        Fleet fleet = FleetGenerator.Generate(170, 1_000, BundledData.ReadCities(), seed: 1);
        for (int i = 0; i < Revisions; i++)
        {
            int position = i % fleet.Nodes.Length;
            Node node = fleet.Nodes[position];
            fleet = fleet with { Nodes = fleet.Nodes.SetItem(position, node with { Capacity = new BitRate(node.Capacity.BitsPerSecond + 1_000) }) };
            var documents = ImmutableSortedDictionary<string, Document>.Empty
                .Add("drains", Document.Of("[]"u8.ToArray())).Add("fleet", Document.Of(FleetJson.Write(fleet))).Add("overrides", Document.Of("[]"u8.ToArray()));
            var draft = new RevisionDraft(Start.AddMinutes(i), $"operator {i % 7}", string.Create(CultureInfo.InvariantCulture, $"change {i}"), RevisionKind.Fleet, null, documents);
            Result(stores.Revisions.AppendAsync(draft, i, CancellationToken.None));
        }
        for (int i = 0; i < Records; i += 1_000) Wait(stores.Audit.AppendAsync([.. Enumerable.Range(i, 1_000).Select(Record)], CancellationToken.None));
    }

    private static AuditRecord Record(int i) => new(
        Start.AddSeconds(i), $"k{i % 20}", $"operator {i % 20}", "operator", i % 3 == 0 ? "PUT /v1/admin/nodes/{id}/state" : "GET /v1/admin/sites",
        $"n{i % 1_000}", i % 10 == 0 ? 403 : 200, i % 3 == 0 ? i : null, $"because of ticket {i}");

    private static long ListRevisions(Stores stores, RevisionQuery query) => Result(stores.Revisions.ListAsync(query, CancellationToken.None)).Length;

    private static long ListAudit(Stores stores, AuditQuery query) => Result(stores.Audit.ListAsync(query, CancellationToken.None)).Length;

    /// <summary>Appends what an operator does most: a small change.</summary>
    private static long Append(Stores stores, long newest)
    {
        var documents = ImmutableSortedDictionary<string, Document>.Empty
            .Add("drains", Document.Of(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"[{newest}]")))).Add("overrides", Document.Of("[]"u8.ToArray()));
        var draft = new RevisionDraft(Start.AddDays(1), "operator 1", "a drain", RevisionKind.Drain, null, documents);
        return Result(stores.Revisions.AppendAsync(draft, newest, CancellationToken.None)).Newest;
    }

    private static long Diff(Stores stores, long number)
    {
        StoredRevision before = Result(stores.Revisions.ReadAsync(number - 1, CancellationToken.None))!;
        StoredRevision after = Result(stores.Revisions.ReadAsync(number, CancellationToken.None))!;
        return DocumentDiff.Between("fleet", before.Documents["fleet"].Content, after.Documents["fleet"].Content).Length;
    }

    private static T Result<T>(ValueTask<T> task) => task.AsTask().GetAwaiter().GetResult();

    private static void Wait(ValueTask task) => task.AsTask().GetAwaiter().GetResult();
}
