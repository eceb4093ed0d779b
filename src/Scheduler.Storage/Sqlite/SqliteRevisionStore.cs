using System.Collections.Immutable;
using Dapper;
using Microsoft.Data.Sqlite;
using Scheduler.State.Ports;

namespace Scheduler.Storage.Sqlite;

/// <summary>Revisions in SQLite.</summary>
/// <param name="database">The file.</param>
public sealed class SqliteRevisionStore(SqliteDatabase database) : IRevisionStore
{
    /// <inheritdoc/>
    public ValueTask<AppendResult> AppendAsync(RevisionDraft draft, long expectedNewest, CancellationToken cancellation)
        => database.WriteAsync(connection => Append(connection, draft, expectedNewest), cancellation);

    /// <inheritdoc/>
    public ValueTask<StoredRevision?> ReadNewestAsync(CancellationToken cancellation) => database.ReadAsync(
        connection => Newest(connection) is var newest and not 0 ? Read(connection, newest) : null, cancellation);

    /// <inheritdoc/>
    public ValueTask<StoredRevision?> ReadAsync(long number, CancellationToken cancellation)
        => database.ReadAsync(connection => Read(connection, number), cancellation);

    /// <inheritdoc/>
    public ValueTask<Revision?> FindByRequestAsync(string requestKey, CancellationToken cancellation) => database.ReadAsync(
        connection =>
        {
            var row = connection.QuerySingleOrDefault<RevisionRow>(
                $"SELECT {RevisionRow.Columns} FROM revisions WHERE request_key = @requestKey", new { requestKey });
            return row?.ToRevision(Hashes(connection, [row.Number])[row.Number]);
        },
        cancellation);

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<Revision>> ListAsync(RevisionQuery query, CancellationToken cancellation)
        => database.ReadAsync<ImmutableArray<Revision>>(
        connection =>
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
            SqliteFilter filter = new SqliteFilter()
                .Less("number", query.Before)
                .Equal("kind", (long?)query.Kind)
                .Equal("author", query.Author)
                .Between("at_us", query.Since, query.Until)
                .Contains("reason", query.Text);
            List<RevisionRow> rows = connection.Query<RevisionRow>(
                $"SELECT {RevisionRow.Columns} FROM revisions {filter.Where} ORDER BY number DESC LIMIT {query.Limit}", filter.Parameters).AsList();
            if (rows.Count == 0) return [];

            ILookup<long, KeyValuePair<string, string>> hashes = Hashes(connection, rows.Select(row => row.Number));
            return [.. rows.Select(row => row.ToRevision(hashes[row.Number]))];
        },
        cancellation);

    private static long Newest(SqliteConnection connection) => connection.ExecuteScalar<long?>("SELECT max(number) FROM revisions") ?? 0;

    private static AppendResult Append(SqliteConnection connection, RevisionDraft draft, long expectedNewest)
    {
        long newest = Newest(connection);
        if (newest != expectedNewest) return new AppendResult(false, newest);

        long number = newest + 1;
        connection.Execute(
            """
            INSERT INTO revisions (number, at_us, author, reason, kind, request_key, request_hash)
            VALUES (@number, @atUs, @Author, @Reason, @kind, @requestKey, @requestHash)
            """,
            new
            {
                number,
                atUs = Timestamps.ToMicroseconds(draft.At),
                draft.Author,
                draft.Reason,
                kind = (int)draft.Kind,
                requestKey = draft.Request?.Key,
                requestHash = draft.Request?.BodyHash,
            });
        foreach ((string name, Document document) in draft.Documents)
        {
            // The content is handed over only when it is new: a drain does not carry the fleet to the store.
            if (!connection.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM documents WHERE hash = @Hash)", new { document.Hash }))
            {
                connection.Execute(
                    "INSERT INTO documents (hash, content) VALUES (@Hash, @content)", new { document.Hash, content = document.Content.ToArray() });
            }

            connection.Execute(
                "INSERT INTO revision_documents (revision, name, hash) VALUES (@number, @name, @Hash)", new { number, name, document.Hash });
        }

        return new AppendResult(true, number);
    }

    private static StoredRevision? Read(SqliteConnection connection, long number)
    {
        var row = connection.QuerySingleOrDefault<RevisionRow>($"SELECT {RevisionRow.Columns} FROM revisions WHERE number = @number", new { number });
        if (row is null) return null;

        var documents = connection.Query<(string Name, string Hash, byte[] Content)>(
            "SELECT name, hash, content FROM revision_documents JOIN documents USING (hash) WHERE revision = @number", new { number });
        return Stored(row, documents);
    }

    private static StoredRevision Stored(RevisionRow row, IEnumerable<(string Name, string Hash, byte[] Content)> rows)
    {
        var documents = ImmutableSortedDictionary.CreateBuilder<string, Document>(StringComparer.Ordinal);
        foreach ((string name, string hash, byte[] content) in rows)
        {
            Document document = Document.Of(content);
            if (document.Hash != hash)
                throw new InvalidDataException($"The document '{name}' of revision {row.Number} does not have the hash {hash}: the store is damaged.");
            documents.Add(name, document);
        }

        return new StoredRevision(row.ToRevision(documents.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.Hash))), documents.ToImmutable());
    }

    private static ILookup<long, KeyValuePair<string, string>> Hashes(SqliteConnection connection, IEnumerable<long> numbers) => connection
        .Query<(long Revision, string Name, string Hash)>(
            "SELECT revision, name, hash FROM revision_documents WHERE revision IN @numbers", new { numbers })
        .ToLookup(row => row.Revision, row => KeyValuePair.Create(row.Name, row.Hash));
}
