using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;
using Scheduler.Storage.Sqlite;

namespace Scheduler.Storage.Archives;

/// <summary>
/// A whole store as one file of JSON lines: a header, every row, and a checksum. It depends on no engine, and a store that runs is read as of one moment. Keys of
/// callers are in it as hashes, as in the store; the secrets that sign tokens and tickets only on demand.
/// </summary>
public static class StoreArchive
{
    /// <summary>Writes a store into an archive.</summary>
    /// <param name="address">A store that is there, <c>sqlite:PATH</c>; a scheduler may be running on it.</param>
    /// <param name="output">The archive.</param>
    /// <param name="withSecrets">True to include the master secrets: who reads the archive can then sign tokens.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="StoreException">There is no such store, or it cannot be read.</exception>
    public static async Task<ArchiveSummary> ExportAsync(
        string address, Stream output, bool withSecrets, DateTimeOffset now, CancellationToken cancellation)
    {
        await using SqliteDatabase database = SqliteDatabase.OpenExisting(StoreAddress.PathOf(address));
        return await database.ReadAsync(connection => Export(connection, output, withSecrets, now), cancellation);
    }

    /// <summary>Restores an archive into an empty store, all or nothing.</summary>
    /// <param name="address">The store, <c>sqlite:PATH</c>; made when it is not there.</param>
    /// <param name="input">The archive.</param>
    /// <param name="cancellation">Ends the wait, before the write begins.</param>
    /// <exception cref="StoreException">The store holds something, or the archive cannot be used; then nothing was restored.</exception>
    public static async Task<ArchiveSummary> ImportAsync(string address, Stream input, CancellationToken cancellation)
    {
        await using SqliteDatabase database = SqliteDatabase.Open(StoreAddress.PathOf(address));
        try
        {
            return await database.WriteAsync(connection => Import(connection, input), cancellation);
        }
        catch (StoreException cause) when (cause.InnerException is SqliteException)
        {
            throw new StoreException($"The archive does not fit together: {cause.InnerException.Message}. Nothing was restored.", cause);
        }
    }

    private static ArchiveSummary Export(SqliteConnection connection, Stream output, bool withSecrets, DateTimeOffset now)
    {
        // One transaction: what a scheduler writes meanwhile is wholly in the archive or wholly not.
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: true);
        using var writer = new ArchiveWriter(output);
        writer.Write(new ArchiveLine { Header = new ArchiveHeader(ArchiveHeader.Name, ArchiveHeader.Newest, Timestamps.ToMicroseconds(now), withSecrets) });
        foreach ((string hash, byte[] content) in Rows<(string, byte[])>("SELECT hash, content FROM documents ORDER BY rowid"))
            writer.Write(new ArchiveLine { Document = new ArchivedDocument(hash, Encoding.UTF8.GetString(content)) });

        ILookup<long, (long, string Name, string Hash)> documents =
            Rows<(long Revision, string Name, string Hash)>("SELECT revision, name, hash FROM revision_documents").ToLookup(row => row.Revision);
        long revisions = Write(Rows<RevisionRow>($"SELECT {RevisionRow.Columns} FROM revisions ORDER BY number"), row => new ArchiveLine
        {
            Revision = new ArchivedRevision(row, new SortedDictionary<string, string>(documents[row.Number].ToDictionary(d => d.Name, d => d.Hash), StringComparer.Ordinal)),
        });
        long numbers = Write(
            Rows<(long Kind, string Name, long Number)>("SELECT kind, name, number FROM numbers ORDER BY kind, number"),
            row => new ArchiveLine { Number = new ArchivedNumber(row.Kind, row.Name, row.Number) });
        long keys = Write(Rows<ApiKeyRow>($"SELECT {ApiKeyRow.Columns} FROM api_keys ORDER BY sequence"), row => new ArchiveLine { Key = row });
        long audit = Write(Rows<AuditRow>($"SELECT {AuditRow.Columns} FROM audit ORDER BY number"), row => new ArchiveLine { Audit = row });
        long secrets = !withSecrets ? 0 : Write(
            Rows<(long Id, byte[] Secret, long AtUs)>("SELECT id, secret, created_at_us FROM master_secrets ORDER BY id"),
            row => new ArchiveLine { Secret = new ArchivedSecret(row.Id, row.Secret, row.AtUs) });
        writer.Finish();
        return new ArchiveSummary(revisions, keys, audit, numbers, secrets);

        // Unbuffered: a long audit log is never in memory as a whole.
        IEnumerable<T> Rows<T>(string sql) => connection.Query<T>(sql, transaction: transaction, buffered: false);

        long Write<T>(IEnumerable<T> rows, Func<T, ArchiveLine> line)
        {
            long count = 0;
            foreach (T row in rows)
            {
                writer.Write(line(row));
                count++;
            }
            return count;
        }
    }

    private static ArchiveSummary Import(SqliteConnection connection, Stream input)
    {
        foreach (string table in (string[])["revisions", "documents", "api_keys", "numbers", "audit", "master_secrets"])
        {
            if (connection.ExecuteScalar<bool>($"SELECT EXISTS (SELECT 1 FROM {table})"))
                throw new StoreException($"The store is not empty: it has rows in {table}. Name a store that is not there yet; nothing was restored.");
        }
        var restore = new ArchiveRestore(connection);
        foreach (ArchiveLine line in ArchiveReader.Read(input)) restore.Add(line);
        return restore.Summary;
    }
}
