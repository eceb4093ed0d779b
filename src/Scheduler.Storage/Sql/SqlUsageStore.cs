using System.Collections.Immutable;
using System.Data.Common;
using Dapper;
using Scheduler.State.Ports;
using Scheduler.State.Usage;

namespace Scheduler.Storage.Sql;

/// <summary>Hours of usage in a database.</summary>
/// <param name="database">The database.</param>
internal sealed class SqlUsageStore(SqlDatabase database) : IUsageStore
{
    /// <inheritdoc/>
    public async ValueTask KeepAsync(IReadOnlyCollection<UsageHour> hours, CancellationToken cancellation) => await database.WriteAsync(
        WriteTurn.None,
        async connection =>
        {
            foreach (UsageHour hour in hours) await WriteAsync(connection, Timestamps.ToMicroseconds(hour.Start), hour.Writer, UsageContent.Of(hour));
            return hours.Count;
        },
        cancellation);

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<UsageHour>> ReadAsync(DateTimeOffset since, DateTimeOffset until, CancellationToken cancellation)
        => database.ReadAsync<ImmutableArray<UsageHour>>(
        async connection =>
        {
            IEnumerable<(long StartUs, long Writer, byte[] Content)> rows = await connection.QueryAsync<(long, long, byte[])>(
                "SELECT start_us, writer, content FROM usage_hours WHERE start_us >= @sinceUs AND start_us < @untilUs ORDER BY start_us, writer",
                new { sinceUs = Timestamps.ToMicroseconds(since), untilUs = Timestamps.ToMicroseconds(until) });
            return [.. rows.Select(row => UsageContent.Read(row.Content).ToHour(Timestamps.FromMicroseconds(row.StartUs), row.Writer))];
        },
        cancellation);

    /// <inheritdoc/>
    public ValueTask<int> PruneAsync(DateTimeOffset before, CancellationToken cancellation) => database.WriteAsync(
        WriteTurn.None,
        connection => connection.ExecuteAsync("DELETE FROM usage_hours WHERE start_us < @beforeUs", new { beforeUs = Timestamps.ToMicroseconds(before) }),
        cancellation);

    /// <summary>Writes a row, in the transaction of the caller, in the place of the one that there was.</summary>
    internal static Task WriteAsync(DbConnection connection, long startUs, long writer, byte[] content) => connection.ExecuteAsync(
        "INSERT INTO usage_hours (start_us, writer, content) VALUES (@startUs, @writer, @content) ON CONFLICT (start_us, writer) DO UPDATE SET content = excluded.content",
        new { startUs, writer, content });
}
