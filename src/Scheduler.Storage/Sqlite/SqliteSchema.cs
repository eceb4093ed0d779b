using System.Reflection;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Scheduler.Storage.Sqlite;

/// <summary>
/// The schema's version is <c>user_version</c> of the file; each migration is one SQL file that leads from one version to the next. There is no way
/// back: an older program refuses a newer file.
/// </summary>
internal static class SqliteSchema
{
    private static readonly Assembly Home = typeof(SqliteSchema).Assembly;

    /// <summary>Names of the migrations, in order: the n-th one leads to version n.</summary>
    private static readonly string[] Migrations =
        [.. Home.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <summary>The version that this program knows.</summary>
    public static long Version => Migrations.Length;

    /// <summary>Brings a file to <see cref="Version"/>, all or nothing.</summary>
    /// <exception cref="StoreException">The file is newer than the program.</exception>
    public static void Upgrade(SqliteConnection connection, string path)
    {
        // Immediate: of two processes that start at once, the second waits and then finds the work done.
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        long version = connection.ExecuteScalar<long>("PRAGMA user_version");
        if (version > Version)
        {
            throw new StoreException(
                $"The store {path} has schema version {version}; this program knows versions up to {Version}. Start a newer scheduler, or name another store.");
        }

        foreach (string migration in Migrations.AsSpan((int)version))
        {
            connection.Execute(Text(migration));
        }

        connection.Execute($"PRAGMA user_version = {Version}"); // pragmas take no parameters
        transaction.Commit();
    }

    /// <summary>Refuses a file that is not at <see cref="Version"/>.</summary>
    /// <exception cref="StoreException">The file is older or newer than the program.</exception>
    public static void Require(SqliteConnection connection, string path)
    {
        long version = connection.ExecuteScalar<long>("PRAGMA user_version");
        if (version == Version) return;
        throw new StoreException(
            $"The store {path} has schema version {version}; this program works on version {Version} alone. Use the command of the scheduler that serves this store.");
    }

    private static string Text(string migration)
    {
        using Stream stream = Home.GetManifestResourceStream(migration)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
