using System.Collections.Immutable;
using Dapper;
using Microsoft.Data.Sqlite;
using Scheduler.State.Ports;

namespace Scheduler.Storage.Sqlite;

/// <summary>The audit log in SQLite.</summary>
/// <param name="database">The file.</param>
public sealed class SqliteAuditLog(SqliteDatabase database) : IAuditLog
{
    /// <inheritdoc/>
    public async ValueTask AppendAsync(IReadOnlyCollection<AuditRecord> records, CancellationToken cancellation)
        => await database.WriteAsync(connection => Insert(connection, records), cancellation);

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<AuditEntry>> ListAsync(AuditQuery query, CancellationToken cancellation)
        => database.ReadAsync<ImmutableArray<AuditEntry>>(
        connection =>
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
            if (query.Text is { } text && IsIndexed(text) && query == new AuditQuery(query.Before, query.Limit) { Text = text }) return ListByText(connection, query);
            SqliteFilter filter = new SqliteFilter()
                .Less("number", query.Before)
                .EitherEqual("caller", "key_id", query.Caller)
                .Contains("operation", query.Operation)
                .Equal("target", query.Target)
                .AtLeast("status", query.LeastStatus)
                .Less("status", query.MostStatus + 1)
                .Equal("revision", query.Revision)
                .Between("at_us", query.Since, query.Until)
                .Contains("reason", query.Text);
            return
            [
                .. connection.Query<AuditRow>(
                        $"SELECT {AuditRow.Columns} FROM audit {filter.Where} ORDER BY number DESC LIMIT {query.Limit}", filter.Parameters)
                    .Select(row => row.ToEntry()),
            ];
        },
        cancellation);

    /// <summary>
    /// True for a text that the index of every three characters finds. Shorter ones and those with signs that LIKE would have to escape are looked for in every row, and
    /// so is a text beside another condition, which most often leaves few rows to read.
    /// </summary>
    private static bool IsIndexed(string text) => text.Length >= 3 && text.AsSpan().IndexOfAny('%', '_', '\\') < 0;

    private static ImmutableArray<AuditEntry> ListByText(SqliteConnection connection, AuditQuery query) =>
    [
        .. connection.Query<AuditRow>(
                $"""
                SELECT {AuditRow.Columns} FROM audit_text CROSS JOIN audit ON audit.number = audit_text.rowid
                WHERE audit_text.reason LIKE @text AND audit_text.rowid < @before ORDER BY audit_text.rowid DESC LIMIT {query.Limit}
                """,
                new { text = $"%{query.Text}%", before = query.Before ?? long.MaxValue })
            .Select(row => row.ToEntry()),
    ];

    /// <inheritdoc/>
    public ValueTask<int> PruneAsync(DateTimeOffset before, int most, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        return database.WriteAsync(
            connection => connection.Execute(
                "DELETE FROM audit WHERE number IN (SELECT number FROM audit WHERE at_us < @atUs ORDER BY at_us LIMIT @most)",
                new { atUs = Timestamps.ToMicroseconds(before), most }),
            cancellation);
    }

    /// <summary>Writes a row as it was in another store, in the transaction of the caller.</summary>
    internal static void Restore(SqliteConnection connection, AuditRow row) => connection.Execute(
        """
        INSERT INTO audit (number, at_us, key_id, caller, role, operation, target, status, revision, reason, calls)
        VALUES (@Number, @AtUs, @KeyId, @Caller, @Role, @Operation, @Target, @Status, @Revision, @Reason, @Calls)
        """,
        row);

    private static int Insert(SqliteConnection connection, IReadOnlyCollection<AuditRecord> records) => connection.Execute(
        """
        INSERT INTO audit (at_us, key_id, caller, role, operation, target, status, revision, reason, calls)
        VALUES (@atUs, @KeyId, @Caller, @Role, @Operation, @Target, @Status, @Revision, @Reason, @Calls)
        """,
        records.Select(record => new
        {
            atUs = Timestamps.ToMicroseconds(record.At),
            record.KeyId,
            record.Caller,
            record.Role,
            record.Operation,
            record.Target,
            record.Status,
            record.Revision,
            record.Reason,
            record.Calls,
        }));
}
