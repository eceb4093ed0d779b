using Dapper;
using Scheduler.State.Ports;
using Scheduler.Storage.Sql;

namespace Scheduler.Storage.Postgres;

/// <summary>The last plan, in PostgreSQL: one row.</summary>
/// <param name="database">The database.</param>
internal sealed class PostgresPlanLog(PostgresDatabase database) : IPlanLog
{
    /// <inheritdoc/>
    public ValueTask<bool> WriteAsync(StoredPlan plan, CancellationToken cancellation) => database.WriteAsync(
        WriteTurn.None,
        async connection =>
        {
            if (!await database.LeadsAsync(connection, plan.Fence)) return false;
            await connection.ExecuteAsync(
                """
                INSERT INTO plan (fence, at_us, content) VALUES (@Fence, @atUs, @content)
                ON CONFLICT (one) DO UPDATE SET fence = excluded.fence, at_us = excluded.at_us, content = excluded.content
                """,
                new { plan.Fence, atUs = Timestamps.ToMicroseconds(plan.At), content = plan.Content.ToArray() });
            return true;
        },
        cancellation);

    /// <inheritdoc/>
    public ValueTask<StoredPlan?> ReadAsync(CancellationToken cancellation) => database.ReadAsync(
        async connection =>
        {
            var rows = await connection.QueryAsync<(long Fence, long AtUs, byte[] Content)>("SELECT fence, at_us, content FROM plan");
            return rows.Select(row => new StoredPlan(row.Fence, Timestamps.FromMicroseconds(row.AtUs), row.Content)).FirstOrDefault();
        },
        cancellation);
}
