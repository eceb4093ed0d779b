using Dapper;
using Scheduler.State.Ports;
using Scheduler.Storage.Sql;

namespace Scheduler.Storage.Postgres;

/// <summary>
/// The lease of the leader, in PostgreSQL: one row. Whether it has run out is judged by the server's clock alone, at the moment at which the row is locked.
/// </summary>
/// <param name="database">The database.</param>
internal sealed class PostgresLeadership(PostgresDatabase database) : ILeadership
{
    /// <inheritdoc/>
    public ValueTask<Leadership> HoldAsync(byte number, long start, TimeSpan term, CancellationToken cancellation) => database.WriteAsync(
        WriteTurn.None,
        async connection =>
        {
            // Of two that ask at once the second waits for the first, and PostgreSQL judges the condition anew upon what the first has written.
            await connection.ExecuteAsync(
                """
                UPDATE lease SET
                    fence = CASE WHEN leader = @leader AND start = @start THEN fence ELSE fence + 1 END,
                    leader = @leader, start = @start, until = clock_timestamp() + @termUs * INTERVAL '1 microsecond'
                WHERE leader IS NULL OR until <= clock_timestamp() OR (leader = @leader AND start = @start)
                """,
                new { leader = (long)number, start, termUs = (long)term.TotalMicroseconds });
            (long leader, long fence, long leftUs) = await connection.QuerySingleAsync<(long, long, long)>(
                "SELECT leader, fence, (extract(epoch FROM until - clock_timestamp()) * 1000000)::bigint FROM lease FOR SHARE");
            return new Leadership((byte)leader, fence, TimeSpan.FromMicroseconds(Math.Max(0, leftUs)));
        },
        cancellation);

    /// <inheritdoc/>
    public async ValueTask ResignAsync(long fence, CancellationToken cancellation) => await database.WriteAsync(
        WriteTurn.None,
        connection => connection.ExecuteAsync("UPDATE lease SET leader = NULL, start = NULL, until = '-infinity' WHERE fence = @fence", new { fence }),
        cancellation);
}
