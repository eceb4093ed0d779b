using Dapper;
using Npgsql;
using Scheduler.Storage.Sql;

namespace Scheduler.Storage.Postgres;

/// <summary>The schema's version stands in the one row of <c>scheduler_schema</c>.</summary>
internal static class PostgresSchema
{
    /// <summary>The oldest version of the server that is tested and still maintained.</summary>
    private const int OldestServer = 15;

    /// <summary>How long a start waits for another one that migrates, in seconds.</summary>
    private const int LockWaitS = 15;

    /// <summary>How long one migration may take, in seconds.</summary>
    private const int MigrationS = 300;

    /// <summary>Names the lock of migrations; any number that nobody else in the database uses.</summary>
    private const long LockKey = 0x7363_6865_6475_6c65;

    private const string Store = "The store";

    private static Migrations Known => Migrations.Postgres;

    /// <summary>Refuses a server that is too old, and a schema that is newer than the program, or older where nothing may be upgraded; else brings it up to date, all or nothing.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="upgrades">True to bring an older schema up to date.</param>
    /// <exception cref="StoreException">It is refused; or another process is at it.</exception>
    public static async Task PrepareAsync(NpgsqlConnection connection, bool upgrades)
    {
        if (connection.PostgreSqlVersion.Major < OldestServer)
            throw new StoreException($"The server is PostgreSQL {connection.PostgreSqlVersion}; {OldestServer} or later is needed.");

        long version = await VersionAsync(connection);
        if (version == Known.Version) return;
        if (version > Known.Version && upgrades) throw Known.Newer(Store, version);
        if (!upgrades) throw version == 0 ? new StoreException("There is no store in this database. Give the one that the scheduler was started with.") : Known.Other(Store, version);
        await UpgradeAsync(connection);
    }

    private static async Task UpgradeAsync(NpgsqlConnection connection)
    {
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
        try
        {
            // An advisory lock, as there is no table to lock before the first migration. It ends with the transaction, whatever becomes of the process.
            await connection.ExecuteAsync($"SET LOCAL lock_timeout = '{LockWaitS}s'; SELECT pg_advisory_xact_lock({LockKey})", commandTimeout: 2 * LockWaitS);
        }
        catch (PostgresException cause) when (cause.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw new StoreUnreachableException($"Another process has been bringing the schema up to date for {LockWaitS} s.", cause);
        }

        // Of two processes that start at once, the second has waited and finds the work done. It must ask like this: what it learnt of the catalogue before it waited, such
        // as that there is no such table, is remembered until something locks a schema or a table.
        await connection.ExecuteAsync("CREATE TABLE IF NOT EXISTS scheduler_schema (version BIGINT NOT NULL)");
        long version = await connection.ExecuteScalarAsync<long>("SELECT coalesce(max(version), 0) FROM scheduler_schema");
        if (version > Known.Version) throw Known.Newer(Store, version);
        foreach (string migration in Known.After(version)) await connection.ExecuteAsync(migration, commandTimeout: MigrationS);
        await connection.ExecuteAsync("DELETE FROM scheduler_schema");
        await connection.ExecuteAsync("INSERT INTO scheduler_schema (version) VALUES (@Version)", new { Known.Version });
        await transaction.CommitAsync();
    }

    /// <summary>0 where there is no schema yet.</summary>
    private static async Task<long> VersionAsync(NpgsqlConnection connection) =>
        await connection.ExecuteScalarAsync<bool>("SELECT to_regclass('scheduler_schema') IS NULL")
            ? 0
            : await connection.ExecuteScalarAsync<long>("SELECT version FROM scheduler_schema");
}
