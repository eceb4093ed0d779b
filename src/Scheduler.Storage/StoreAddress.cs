using System.Diagnostics.CodeAnalysis;
using Npgsql;
using Scheduler.State.Ports;
using Scheduler.Storage.Postgres;
using Scheduler.Storage.Sql;
using Scheduler.Storage.Sqlite;

namespace Scheduler.Storage;

/// <summary>Opens the store that a configuration names.</summary>
public static class StoreAddress
{
    private const string SqliteScheme = "sqlite:";

    /// <summary>Opens a store; makes it, with its directory or its tables, when it is not there; brings its schema up to date.</summary>
    /// <param name="address"><c>sqlite:PATH</c>, where <c>sqlite::memory:</c> keeps everything in memory; or PostgreSQL's <c>postgres://…</c> or <c>Host=…</c>.</param>
    /// <exception cref="StoreUnreachableException">The server does not answer within some seconds.</exception>
    /// <exception cref="StoreException">The address names no store, or the store refuses, or a newer version made it.</exception>
    public static Stores Open(string address) => StoresOf(Database(address, isThere: false));

    /// <summary>Opens a store that must be there already, at the schema of this program: for commands that run beside its server.</summary>
    /// <param name="address">As for <see cref="Open"/>.</param>
    /// <exception cref="StoreException">The address names no store, there is none, it cannot be opened, or another version made it.</exception>
    public static Stores OpenExisting(string address) => StoresOf(Database(address, isThere: true));

    /// <summary>Opens a store, also one whose server does not answer now: then each call asks anew, and prepares the store once it answers.</summary>
    /// <param name="address">As for <see cref="Open"/>.</param>
    /// <param name="absence">Why the store is not there yet; null when it is.</param>
    /// <exception cref="StoreException">The address names no store, or the store refuses, or a newer version made it.</exception>
    public static Stores OpenOrAwait(string address, out StoreUnreachableException? absence)
    {
        absence = null;
        if (!PostgresAddress.IsOne(address)) return Open(address);
        PostgresDatabase database = PostgresDatabase.Of(PostgresAddress.Parse(address), upgrades: true);
        try
        {
            Prepare(database);
        }
        catch (StoreUnreachableException fault)
        {
            absence = fault;
        }
        return StoresOf(database);
    }

    /// <summary>What to call a store before people: an address without user and password.</summary>
    /// <param name="address">As for <see cref="Open"/>.</param>
    /// <exception cref="StoreException">The address names no store.</exception>
    public static string Describe(string address)
    {
        if (TryReadPath(address, out _)) return address;
        NpgsqlConnectionStringBuilder settings = PostgresAddress.Parse(address);
        return $"postgres://{settings.Host}/{settings.Database ?? settings.Username}";
    }

    /// <summary>Opens the database itself.</summary>
    /// <param name="address">As for <see cref="Open"/>.</param>
    /// <param name="isThere">True to make nothing and upgrade nothing.</param>
    internal static SqlDatabase Database(string address, bool isThere)
    {
        if (TryReadPath(address, out string? path)) return isThere ? SqliteDatabase.OpenExisting(path) : SqliteDatabase.Open(path);
        PostgresDatabase database = PostgresDatabase.Of(PostgresAddress.Parse(address), upgrades: !isThere);
        Prepare(database);
        return database;
    }

    /// <summary>True with the path of an SQLite file; false for a PostgreSQL store.</summary>
    private static bool TryReadPath(string address, [NotNullWhen(true)] out string? path)
    {
        path = null;
        if (PostgresAddress.IsOne(address)) return false;
        if (!address.StartsWith(SqliteScheme, StringComparison.OrdinalIgnoreCase))
        {
            // The address is not repeated: it may be a connection string with a password.
            throw new StoreException("The store must be given as sqlite:PATH, such as sqlite:./data/scheduler.db, or as postgres://USER:PASSWORD@HOST/DATABASE.");
        }

        path = address[SqliteScheme.Length..].Trim();
        if (path.Length == 0) throw new StoreException("The store sqlite: lacks its path: write sqlite:PATH, such as sqlite:./data/scheduler.db.");
        return true;
    }

    /// <summary>Prepares a database, and closes it when that fails for good. On a thread of the pool: the caller's own may be one that others wait for.</summary>
    private static void Prepare(PostgresDatabase database)
    {
        try
        {
            Task.Run(() => database.PrepareAsync(CancellationToken.None).AsTask()).GetAwaiter().GetResult();
        }
        catch (StoreException fault) when (fault is not StoreUnreachableException)
        {
            database.DisposeAsync().AsTask().GetAwaiter().GetResult();
            throw;
        }
    }

    private static Stores StoresOf(SqlDatabase database) => new(
        new SqlRevisionStore(database),
        new SqlKeyStore(database),
        new SqlNumberStore(database),
        new SqlSecretStore(database),
        new SqlAuditLog(database),
        new SqlMeterStore(database),
        database)
    {
        Durations = database.Durations,
        Cluster = database is PostgresDatabase shared ? ClusterOf(shared) : null,
    };

    private static ClusterStore ClusterOf(PostgresDatabase database) => new(
        new PostgresMembership(database), new PostgresLeadership(database), new PostgresPlanLog(database), new PostgresChangeFeed(database));
}
