using System.Collections.Immutable;
using System.Data.Common;
using Dapper;
using Scheduler.State.Ports;

namespace Scheduler.Storage.Sql;

/// <summary>The audit log in a database.</summary>
/// <param name="database">The database.</param>
internal sealed class SqlAuditLog(SqlDatabase database) : IAuditLog
{
    /// <summary>All columns but the number, which the database gives.</summary>
    private static readonly string[] Columns =
        ["at_us", "key_id", "caller", "role", "operation", "target", "status", "revision", "reason", "calls"];

    /// <inheritdoc/>
    public async ValueTask AppendAsync(IReadOnlyCollection<AuditRecord> records, CancellationToken cancellation) => await database.WriteAsync(
        WriteTurn.None,
        async connection =>
        {
            await SqlRows.InsertAsync(connection, "audit", Columns, records.Select(Values));
            return records.Count;
        },
        cancellation);

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<AuditEntry>> ListAsync(AuditQuery query, CancellationToken cancellation)
        => database.ReadAsync<ImmutableArray<AuditEntry>>(
        async connection =>
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
            if (database.AuditByText is { } byText && IsByTextAlone(query))
            {
                object parameters = new { pattern = $"%{query.Text}%", before = query.Before ?? long.MaxValue, limit = query.Limit };
                return [.. (await connection.QueryAsync<AuditRow>(byText, parameters)).Select(row => row.ToEntry())];
            }
            SqlFilter filter = new SqlFilter()
                .Less("number", query.Before)
                .EitherEqual("caller", "key_id", query.Caller)
                .Contains("operation", query.Operation)
                .Equal("target", query.Target)
                .AtLeast("status", query.LeastStatus)
                .Less("status", query.MostStatus + 1)
                .Equal("revision", query.Revision)
                .Between("at_us", query.Since, query.Until)
                .Contains("reason", query.Text);
            IEnumerable<AuditRow> rows = await connection.QueryAsync<AuditRow>(
                $"SELECT {AuditRow.Columns} FROM audit {filter.Where} ORDER BY number DESC LIMIT {query.Limit}", filter.Parameters);
            return [.. rows.Select(row => row.ToEntry())];
        },
        cancellation);

    /// <inheritdoc/>
    public ValueTask<int> PruneAsync(DateTimeOffset before, int most, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        return database.WriteAsync(
            WriteTurn.None,
            connection => connection.ExecuteAsync(
                "DELETE FROM audit WHERE number IN (SELECT number FROM audit WHERE at_us < @atUs ORDER BY at_us LIMIT @most)",
                new { atUs = Timestamps.ToMicroseconds(before), most }),
            cancellation);
    }

    /// <summary>
    /// True for a query that an index of every three characters answers. Shorter texts and those with signs that LIKE would have to escape are looked for in every row, and
    /// so is a text beside another condition, which most often leaves few rows to read.
    /// </summary>
    private static bool IsByTextAlone(AuditQuery query) =>
        query.Text is { Length: >= 3 } text && text.AsSpan().IndexOfAny('%', '_', '\\') < 0 && query == new AuditQuery(query.Before, query.Limit) { Text = text };

    /// <summary>Writes rows as they were in another store, in the transaction of the caller.</summary>
    internal static Task RestoreAsync(DbConnection connection, IEnumerable<AuditRow> rows) =>
        SqlRows.InsertAsync(connection, "audit", ["number", .. Columns], rows.Select(row => (object?[])[row.Number, .. Values(row.ToEntry().Record)]));

    private static object?[] Values(AuditRecord record) =>
    [
        Timestamps.ToMicroseconds(record.At), record.KeyId, record.Caller, record.Role, record.Operation, record.Target, record.Status, record.Revision,
        record.Reason, record.Calls,
    ];
}
