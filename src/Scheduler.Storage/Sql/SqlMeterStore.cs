using System.Collections.Immutable;
using System.Data.Common;
using Dapper;
using Scheduler.State.Ports;

namespace Scheduler.Storage.Sql;

/// <summary>The samples of the month in a database: one row a slot, since a row of each site would be millions a month.</summary>
/// <param name="database">The database.</param>
internal sealed class SqlMeterStore(SqlDatabase database) : IMeterStore
{
    /// <inheritdoc/>
    public async ValueTask AppendAsync(IReadOnlyCollection<MeterSlot> slots, CancellationToken cancellation) => await database.WriteAsync(
        WriteTurn.None,
        async connection =>
        {
            foreach (MeterSlot slot in slots) await RestoreAsync(connection, Timestamps.ToMicroseconds(slot.Start), MeterContent.Of(slot.Sites));
            return slots.Count;
        },
        cancellation);

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<MeterSlot>> ReadAsync(DateTimeOffset since, DateTimeOffset until, CancellationToken cancellation)
        => database.ReadAsync<ImmutableArray<MeterSlot>>(
        async connection =>
        {
            IEnumerable<(long StartUs, byte[] Content)> rows = await connection.QueryAsync<(long, byte[])>(
                "SELECT start_us, content FROM meter_slots WHERE start_us >= @sinceUs AND start_us < @untilUs ORDER BY start_us",
                new { sinceUs = Timestamps.ToMicroseconds(since), untilUs = Timestamps.ToMicroseconds(until) });
            return [.. rows.Select(row => new MeterSlot(Timestamps.FromMicroseconds(row.StartUs), MeterContent.Read(row.Content)))];
        },
        cancellation);

    /// <inheritdoc/>
    public ValueTask<int> PruneAsync(DateTimeOffset before, CancellationToken cancellation) => database.WriteAsync(
        WriteTurn.None,
        connection => connection.ExecuteAsync("DELETE FROM meter_slots WHERE start_us < @beforeUs", new { beforeUs = Timestamps.ToMicroseconds(before) }),
        cancellation);

    /// <summary>Writes a row, in the transaction of the caller, unless the slot has one.</summary>
    internal static Task RestoreAsync(DbConnection connection, long startUs, byte[] content) => connection.ExecuteAsync(
        "INSERT INTO meter_slots (start_us, content) VALUES (@startUs, @content) ON CONFLICT (start_us) DO NOTHING", new { startUs, content });
}
