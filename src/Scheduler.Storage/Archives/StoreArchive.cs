using System.Data.Common;
using System.Text;
using Dapper;
using Scheduler.Storage.Sql;

namespace Scheduler.Storage.Archives;

/// <summary>
/// A whole store as one file of JSON lines: a header, every row, and a checksum. It depends on no engine, and a store that runs is read as of one moment. Keys of
/// callers are in it as hashes, as in the store; the secrets that sign tokens and tickets only on demand.
/// </summary>
public static class StoreArchive
{
    /// <summary>Writes a store into an archive.</summary>
    /// <param name="address">A store that is there; a scheduler may be running on it.</param>
    /// <param name="output">The archive.</param>
    /// <param name="withSecrets">True to include the master secrets: who reads the archive can then sign tokens.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="StoreException">There is no such store, or it cannot be read.</exception>
    public static async Task<ArchiveSummary> ExportAsync(
        string address, Stream output, bool withSecrets, DateTimeOffset now, CancellationToken cancellation)
    {
        await using SqlDatabase database = StoreAddress.Database(address, isThere: true);
        return await database.ReadAsync(
            async connection =>
            {
                await database.LiftLimitsAsync(connection);
                return await ExportAsync(connection, output, withSecrets, now);
            },
            cancellation);
    }

    /// <summary>Restores an archive into an empty store, all or nothing.</summary>
    /// <param name="address">The store; made when it is not there.</param>
    /// <param name="input">The archive.</param>
    /// <param name="cancellation">Ends the wait, before the write begins.</param>
    /// <exception cref="StoreException">The store holds something, or the archive cannot be used; then nothing was restored.</exception>
    public static async Task<ArchiveSummary> ImportAsync(string address, Stream input, CancellationToken cancellation)
    {
        await using SqlDatabase database = StoreAddress.Database(address, isThere: false);
        try
        {
            return await database.WriteAsync(WriteTurn.Revisions, connection => ImportAsync(database, connection, input), cancellation);
        }
        catch (StoreException cause) when (cause is not StoreUnreachableException && cause.InnerException is DbException fault)
        {
            throw new StoreException($"The archive does not fit together: {fault.Message}. Nothing was restored.", cause);
        }
    }

    /// <summary>What a scheduler writes meanwhile is wholly in the archive or wholly not: a read sees the store as of one moment.</summary>
    private static async Task<ArchiveSummary> ExportAsync(DbConnection connection, Stream output, bool withSecrets, DateTimeOffset now)
    {
        using var writer = new ArchiveWriter(output);
        writer.Write(new ArchiveLine { Header = new ArchiveHeader(ArchiveHeader.Name, ArchiveHeader.Newest, Timestamps.ToMicroseconds(now), withSecrets) });
        await WriteAsync<(string Hash, byte[] Content)>(
            "SELECT hash, content FROM documents ORDER BY hash",
            row => new ArchiveLine { Document = new ArchivedDocument(row.Hash, Encoding.UTF8.GetString(row.Content)) });

        ILookup<long, (long, string Name, string Hash)> documents =
            (await connection.QueryAsync<(long Revision, string Name, string Hash)>("SELECT revision, name, hash FROM revision_documents")).ToLookup(row => row.Revision);
        long revisions = await WriteAsync<RevisionRow>($"SELECT {RevisionRow.Columns} FROM revisions ORDER BY number", row => new ArchiveLine
        {
            Revision = new ArchivedRevision(row, new SortedDictionary<string, string>(documents[row.Number].ToDictionary(d => d.Name, d => d.Hash), StringComparer.Ordinal)),
        });
        long numbers = await WriteAsync<(long Kind, string Name, long Number)>(
            "SELECT kind, name, number FROM numbers ORDER BY kind, number", row => new ArchiveLine { Number = new ArchivedNumber(row.Kind, row.Name, row.Number) });
        long keys = await WriteAsync<ApiKeyRow>($"SELECT {ApiKeyRow.Columns} FROM api_keys ORDER BY sequence", row => new ArchiveLine { Key = row });
        long audit = await WriteAsync<AuditRow>($"SELECT {AuditRow.Columns} FROM audit ORDER BY number", row => new ArchiveLine { Audit = row });
        long slots = await WriteAsync<(long StartUs, byte[] Content)>(
            "SELECT start_us, content FROM meter_slots ORDER BY start_us", row => new ArchiveLine { MeterSlot = new ArchivedMeterSlot(row.StartUs, row.Content) });
        long hours = await WriteAsync<(long StartUs, long Writer, byte[] Content)>(
            "SELECT start_us, writer, content FROM usage_hours ORDER BY start_us, writer",
            row => new ArchiveLine { UsageHour = new ArchivedUsageHour(row.StartUs, row.Writer, row.Content) });
        long secrets = !withSecrets ? 0 : await WriteAsync<(long Id, byte[] Secret, long AtUs)>(
            "SELECT id, secret, created_at_us FROM master_secrets ORDER BY id",
            row => new ArchiveLine { Secret = new ArchivedSecret(row.Id, row.Secret, row.AtUs) });
        writer.Finish();
        return new ArchiveSummary(revisions, keys, audit, numbers, slots, hours, secrets);

        async Task<long> WriteAsync<T>(string sql, Func<T, ArchiveLine> line)
        {
            long count = 0;
            await foreach (T row in connection.QueryUnbufferedAsync<T>(sql)) // a long audit log is never in memory as a whole
            {
                writer.Write(line(row));
                count++;
            }
            return count;
        }
    }

    private static async Task<ArchiveSummary> ImportAsync(SqlDatabase database, DbConnection connection, Stream input)
    {
        await database.LiftLimitsAsync(connection);
        foreach (string table in (string[])["revisions", "documents", "api_keys", "numbers", "audit", "meter_slots", "usage_hours", "master_secrets"])
        {
            if (await connection.ExecuteScalarAsync<bool>($"SELECT EXISTS (SELECT 1 FROM {table})"))
                throw new StoreException($"The store is not empty: it has rows in {table}. Name a store that is not there yet; nothing was restored.");
        }
        var restore = new ArchiveRestore(connection);
        foreach (ArchiveLine line in ArchiveReader.Read(input)) await restore.AddAsync(line);
        await restore.FlushAsync();
        await database.ContinueAuditNumbersAsync(connection);
        return restore.Summary;
    }
}
