using Dapper;
using Microsoft.Data.Sqlite;
using Scheduler.Storage.Sql;

namespace Scheduler.Storage.Sqlite;

/// <summary>The schema's version is <c>user_version</c> of the file: an older program refuses a newer file.</summary>
internal static class SqliteSchema
{
    private static Migrations Known => Migrations.Sqlite;

    /// <summary>Brings a file to the version of this program, all or nothing.</summary>
    /// <exception cref="StoreException">The file is newer than the program.</exception>
    public static void Upgrade(SqliteConnection connection, string path)
    {
        // Immediate: of two processes that start at once, the second waits and then finds the work done.
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        long version = VersionOf(connection);
        if (version > Known.Version) throw Known.Newer($"The store {path}", version);
        foreach (string migration in Known.After(version)) connection.Execute(migration);
        connection.Execute($"PRAGMA user_version = {Known.Version}"); // pragmas take no parameters
        transaction.Commit();
    }

    /// <summary>Refuses a file that is not at the version of this program.</summary>
    /// <exception cref="StoreException">The file is older or newer than the program.</exception>
    public static void Require(SqliteConnection connection, string path)
    {
        if (VersionOf(connection) is var version && version != Known.Version) throw Known.Other($"The store {path}", version);
    }

    private static long VersionOf(SqliteConnection connection) => connection.ExecuteScalar<long>("PRAGMA user_version");
}
