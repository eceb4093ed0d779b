using System.Collections.Immutable;
using System.Data.Common;
using Dapper;
using Scheduler.State.Ports;

namespace Scheduler.Storage.Sql;

/// <summary>Revisions in a database.</summary>
/// <param name="database">The database.</param>
internal sealed class SqlRevisionStore(SqlDatabase database) : IRevisionStore
{
    /// <inheritdoc/>
    public ValueTask<AppendResult> AppendAsync(RevisionDraft draft, long expectedNewest, CancellationToken cancellation)
        => database.WriteAsync(WriteTurn.Revisions, connection => AppendAsync(connection, draft, expectedNewest), cancellation);

    /// <inheritdoc/>
    public ValueTask<long> ReadNewestNumberAsync(CancellationToken cancellation) => database.ReadAsync(NewestAsync, cancellation);

    /// <inheritdoc/>
    public ValueTask<StoredRevision?> ReadNewestAsync(CancellationToken cancellation) => database.ReadAsync(
        async connection => await NewestAsync(connection) is var newest and not 0 ? await ReadAsync(connection, newest) : null, cancellation);

    /// <inheritdoc/>
    public ValueTask<StoredRevision?> ReadAsync(long number, CancellationToken cancellation)
        => database.ReadAsync(connection => ReadAsync(connection, number), cancellation);

    /// <inheritdoc/>
    public ValueTask<Revision?> FindByRequestAsync(string requestKey, CancellationToken cancellation) => database.ReadAsync(
        async connection => (await ListAsync(connection, "WHERE request_key = @requestKey", new { requestKey })).FirstOrDefault(), cancellation);

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<Revision>> ListAsync(RevisionQuery query, CancellationToken cancellation) => database.ReadAsync(
        connection =>
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
            SqlFilter filter = new SqlFilter()
                .Less("number", query.Before)
                .Equal("kind", (long?)query.Kind)
                .Equal("author", query.Author)
                .Between("at_us", query.Since, query.Until)
                .Contains("reason", query.Text);
            return ListAsync(connection, $"{filter.Where} ORDER BY number DESC LIMIT {query.Limit}", filter.Parameters);
        },
        cancellation);

    /// <summary>Writes a row as it was in another store, in the transaction of the caller.</summary>
    internal static async Task RestoreAsync(DbConnection connection, RevisionRow row, IEnumerable<KeyValuePair<string, string>> documents)
    {
        await connection.ExecuteAsync(
            """
            INSERT INTO revisions (number, at_us, author, reason, kind, request_key, request_hash)
            VALUES (@Number, @AtUs, @Author, @Reason, @Kind, @RequestKey, @RequestHash)
            """,
            row);
        await SqlRows.InsertAsync(
            connection, "revision_documents", ["revision", "name", "hash"], documents.Select(document => new object?[] { row.Number, document.Key, document.Value }));
    }

    /// <summary>Writes a document, in the transaction of the caller.</summary>
    internal static Task RestoreAsync(DbConnection connection, Document document) => connection.ExecuteAsync(
        "INSERT INTO documents (hash, content) VALUES (@Hash, @content)", new { document.Hash, content = document.Content.ToArray() });

    private static async Task<long> NewestAsync(DbConnection connection) => await connection.ExecuteScalarAsync<long?>("SELECT max(number) FROM revisions") ?? 0;

    private async Task<AppendResult> AppendAsync(DbConnection connection, RevisionDraft draft, long expectedNewest)
    {
        long newest = await NewestAsync(connection);
        if (draft.Fence is { } fence && !await database.LeadsAsync(connection, fence)) return new AppendResult(false, newest) { IsFenced = true };
        if (newest != expectedNewest) return new AppendResult(false, newest);

        foreach (Document document in draft.Documents.Values.DistinctBy(document => document.Hash))
        {
            // The content is handed over only when it is new: a drain does not carry the fleet to the store.
            if (!await connection.ExecuteScalarAsync<bool>("SELECT EXISTS (SELECT 1 FROM documents WHERE hash = @Hash)", new { document.Hash }))
                await RestoreAsync(connection, document);
        }
        await RestoreAsync(
            connection, RevisionRow.Of(newest + 1, draft), draft.Documents.Select(document => KeyValuePair.Create(document.Key, document.Value.Hash)));
        return new AppendResult(true, newest + 1);
    }

    private static async Task<ImmutableArray<Revision>> ListAsync(DbConnection connection, string where, object parameters)
    {
        List<RevisionRow> rows = (await connection.QueryAsync<RevisionRow>($"SELECT {RevisionRow.Columns} FROM revisions {where}", parameters)).AsList();
        if (rows.Count == 0) return [];

        // Asked by the same condition, not by the numbers that were found: how a list of values is handed over is each engine's own affair.
        ILookup<long, KeyValuePair<string, string>> hashes = (await connection.QueryAsync<(long Revision, string Name, string Hash)>(
                $"SELECT revision, name, hash FROM revision_documents WHERE revision IN (SELECT number FROM revisions {where})", parameters))
            .ToLookup(row => row.Revision, row => KeyValuePair.Create(row.Name, row.Hash));
        return [.. rows.Select(row => row.ToRevision(hashes[row.Number]))];
    }

    private static async Task<StoredRevision?> ReadAsync(DbConnection connection, long number)
    {
        var row = await connection.QuerySingleOrDefaultAsync<RevisionRow>($"SELECT {RevisionRow.Columns} FROM revisions WHERE number = @number", new { number });
        return row is null ? null : Stored(row, await connection.QueryAsync<(string Name, string Hash, byte[] Content)>(
            "SELECT name, hash, content FROM revision_documents JOIN documents USING (hash) WHERE revision = @number", new { number }));
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
}
