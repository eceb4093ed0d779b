using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using Scheduler.Storage.Sql;

namespace Scheduler.Storage.Sqlite;

/// <summary>
/// One SQLite file, one connection, one operation at a time: the admin API writes a few times a minute, and a single writer never meets a lock of
/// its own making. Other processes may read and write the file meanwhile.
/// </summary>
/// <remarks>
/// SQLite has no asynchronous I/O. Each operation runs on a thread of its own, so that an fsync never holds a thread that could answer viewers.
/// </remarks>
internal sealed class SqliteDatabase : SqlDatabase
{
    /// <summary>How long an operation waits for another process that writes, in seconds.</summary>
    private const int BusyTimeoutS = 5;

    private const string InMemory = ":memory:";

    private readonly SqliteConnection _connection;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private int _disposed;

    private SqliteDatabase(SqliteConnection connection) => _connection = connection;

    /// <summary>Opens a file; makes it and its directory when they are not there, readable by the owner only; brings its schema up to date.</summary>
    /// <param name="path">Path of the file, or <c>:memory:</c>.</param>
    /// <exception cref="StoreException">The file cannot be opened, is no database, or was made by a newer version.</exception>
    public static SqliteDatabase Open(string path)
    {
        try
        {
            if (path != InMemory) MakeFile(path);
            return Connect(path, SqliteSchema.Upgrade);
        }
        catch (Exception cause) when (IsOfStore(cause))
        {
            throw new StoreException($"The store {path} cannot be opened: {cause.Message}", cause);
        }
    }

    /// <summary>Opens a file that must be there and have the schema of this program; makes nothing and upgrades nothing.</summary>
    /// <param name="path">Path of the file.</param>
    /// <exception cref="StoreException">There is no such file, it cannot be opened, is no database, or was made by another version.</exception>
    public static SqliteDatabase OpenExisting(string path)
    {
        if (!File.Exists(path)) throw new StoreException($"There is no store at {Path.GetFullPath(path)}. Give the one that the scheduler was started with as --store sqlite:PATH.");
        try
        {
            return Connect(path, SqliteSchema.Require);
        }
        catch (Exception cause) when (IsOfStore(cause))
        {
            throw new StoreException($"The store {path} cannot be opened: {cause.Message}", cause);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        await _gate.WaitAsync(); // the operation that runs is carried to its end
        await _connection.DisposeAsync();
        _gate.Dispose();
    }

    /// <inheritdoc/>
    protected override ValueTask<T> RunReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellation) => RunAsync(read, deferred: true, cancellation);

    /// <inheritdoc/>
    /// <remarks>The write lock is taken at the beginning, whatever the turn: SQLite has one writer at a time.</remarks>
    protected override ValueTask<T> RunWriteAsync<T>(WriteTurn turn, Func<DbConnection, Task<T>> write, CancellationToken cancellation)
        => RunAsync(write, deferred: false, cancellation);

    /// <inheritdoc/>
    /// <remarks>Never: a file belongs to one process, and nobody leads there.</remarks>
    public override Task<bool> LeadsAsync(DbConnection connection, long fence) => Task.FromResult(false);

    /// <inheritdoc/>
    /// <remarks>There are none.</remarks>
    public override Task LiftLimitsAsync(DbConnection connection) => Task.CompletedTask;

    /// <inheritdoc/>
    /// <remarks>SQLite does so by itself.</remarks>
    public override string? AuditByText =>
        $"""
        SELECT {AuditRow.Columns} FROM audit_text CROSS JOIN audit ON audit.number = audit_text.rowid
        WHERE audit_text.reason LIKE @pattern AND audit_text.rowid < @before ORDER BY audit_text.rowid DESC LIMIT @limit
        """;

    /// <inheritdoc/>
    public override Task ContinueAuditNumbersAsync(DbConnection connection) => Task.CompletedTask;

    private static void MakeFile(string path)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } directory) Directory.CreateDirectory(directory);
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.ReadWrite };

        // The file holds the master secret of all tokens. SQLite gives its journal files the same mode.
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
    }

    private static bool IsOfStore(Exception cause) => cause is SqliteException or UnauthorizedAccessException || (cause is IOException and not StoreException);

    private static SqliteDatabase Connect(string path, Action<SqliteConnection, string> prepare)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            ForeignKeys = true,
            DefaultTimeout = BusyTimeoutS,
            Pooling = false, // the one connection lives as long as the store
        }.ToString());
        try
        {
            connection.Open();

            // FULL: a change that was answered survives a power cut. It costs one fsync a change.
            connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
            prepare(connection, path);
            return new SqliteDatabase(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private async ValueTask<T> RunAsync<T>(Func<DbConnection, Task<T>> operation, bool deferred, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            return await Task.Factory.StartNew(() => Run(operation, deferred), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        catch (SqliteException cause)
        {
            throw new StoreException($"The store failed: {cause.Message}", cause);
        }
        finally
        {
            _gate.Release();
        }
    }

    private T Run<T>(Func<DbConnection, Task<T>> operation, bool deferred)
    {
        using SqliteTransaction transaction = _connection.BeginTransaction(deferred);
        T result = operation(_connection).GetAwaiter().GetResult(); // done already: the driver's asynchronous calls are synchronous ones
        transaction.Commit();
        return result;
    }
}
