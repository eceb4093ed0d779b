using System.Reflection;

namespace Scheduler.Storage.Sql;

/// <summary>The migrations of one engine: each is one SQL file that leads from one version of the schema to the next. There is no way back.</summary>
internal sealed class Migrations
{
    private static readonly Assembly Home = typeof(Migrations).Assembly;

    /// <summary>Names of the files, in order: the n-th one leads to version n.</summary>
    private readonly string[] _files;

    private Migrations(string folder) => _files =
        [.. Home.GetManifestResourceNames().Where(name => name.Contains($".Migrations.{folder}.", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <summary>Those of SQLite.</summary>
    public static Migrations Sqlite { get; } = new("Sqlite");

    /// <summary>Those of PostgreSQL.</summary>
    public static Migrations Postgres { get; } = new("Postgres");

    /// <summary>The version that this program knows.</summary>
    public long Version => _files.Length;

    /// <summary>The SQL that leads from a version to <see cref="Version"/>, step by step.</summary>
    /// <param name="version">0 to <see cref="Version"/>.</param>
    public IEnumerable<string> After(long version) => _files.Skip((int)version).Select(Text);

    /// <summary>Says that a newer program made a store.</summary>
    /// <param name="store">What to call the store.</param>
    /// <param name="version">Its version.</param>
    public StoreException Newer(string store, long version) => new(
        $"{store} has schema version {version}; this program knows versions up to {Version}. Start a newer scheduler, or name another store.");

    /// <summary>Says that another program made a store which must be at <see cref="Version"/>.</summary>
    /// <param name="store">What to call the store.</param>
    /// <param name="version">Its version.</param>
    public StoreException Other(string store, long version) => new(
        $"{store} has schema version {version}; this program works on version {Version} alone. Use the command of the scheduler that serves this store.");

    private static string Text(string file)
    {
        using var reader = new StreamReader(Home.GetManifestResourceStream(file)!);
        return reader.ReadToEnd();
    }
}
