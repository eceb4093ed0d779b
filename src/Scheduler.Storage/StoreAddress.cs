using Scheduler.State.Ports;
using Scheduler.Storage.Sqlite;

namespace Scheduler.Storage;

/// <summary>Opens the store that a configuration names.</summary>
public static class StoreAddress
{
    private const string SqliteScheme = "sqlite:";

    /// <summary>Opens a store; makes it, with its directory, when it is not there; brings its schema up to date.</summary>
    /// <param name="address"><c>sqlite:PATH</c>; <c>sqlite::memory:</c> keeps everything in memory.</param>
    /// <exception cref="StoreException">The address names no store, or the store cannot be opened, or a newer version made it.</exception>
    public static Stores Open(string address) => Of(SqliteDatabase.Open(PathOf(address)));

    /// <summary>Opens a store that must be there already, at the schema of this program: for commands that run beside its server.</summary>
    /// <param name="address"><c>sqlite:PATH</c>.</param>
    /// <exception cref="StoreException">The address names no store, there is none, it cannot be opened, or another version made it.</exception>
    public static Stores OpenExisting(string address) => Of(SqliteDatabase.OpenExisting(PathOf(address)));

    internal static string PathOf(string address)
    {
        if (!address.StartsWith(SqliteScheme, StringComparison.OrdinalIgnoreCase))
        {
            // The address is not repeated: it may be a connection string with a password.
            throw new StoreException("The store must be given as sqlite:PATH, such as sqlite:./data/scheduler.db.");
        }

        string path = address[SqliteScheme.Length..].Trim();
        if (path.Length == 0) throw new StoreException("The store sqlite: lacks its path: write sqlite:PATH, such as sqlite:./data/scheduler.db.");
        return path;
    }

    private static Stores Of(SqliteDatabase database) => new(
        new SqliteRevisionStore(database),
        new SqliteKeyStore(database),
        new SqliteNumberStore(database),
        new SqliteSecretStore(database),
        new SqliteAuditLog(database),
        database);
}
