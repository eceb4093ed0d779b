using System.Collections.Immutable;
using System.Data.Common;
using Dapper;
using Scheduler.State.Ports;
using Scheduler.Storage.Sql;

namespace Scheduler.Storage.Postgres;

/// <summary>Who the replicas are, in PostgreSQL.</summary>
/// <param name="database">The database.</param>
internal sealed class PostgresMembership(PostgresDatabase database) : IMembership
{
    private static readonly long RestUs = (long)IMembership.Rest.TotalMicroseconds;

    /// <inheritdoc/>
    public ValueTask<Member?> JoinAsync(MemberDraft draft, CancellationToken cancellation) => database.WriteAsync(
        WriteTurn.Members,
        async connection =>
        {
            if (await NumberForAsync(connection, draft.Name) is not { } number) return null;
            // Starts are counted by number, over all names that had it: whatever an earlier holder still writes has a lower one.
            MemberRow row = await connection.QuerySingleAsync<MemberRow>(
                $"""
                INSERT INTO members AS m (number, start, name, address, zone, version, heard_at, has_left)
                VALUES (@number, 1, @Name, @Address, @Zone, @Version, clock_timestamp(), FALSE)
                ON CONFLICT (number) DO UPDATE SET
                    start = m.start + 1, name = excluded.name, address = excluded.address, zone = excluded.zone, version = excluded.version,
                    heard_at = excluded.heard_at, has_left = FALSE
                RETURNING {MemberRow.Columns}
                """,
                new { number, draft.Name, draft.Address, draft.Zone, draft.Version });
            return row.ToMember();
        },
        cancellation);

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<Member>> BeatAsync(byte number, long start, CancellationToken cancellation) => database.WriteAsync<ImmutableArray<Member>>(
        WriteTurn.None,
        async connection =>
        {
            int known = await connection.ExecuteAsync(
                "UPDATE members SET heard_at = CASE WHEN has_left THEN heard_at ELSE clock_timestamp() END WHERE number = @number AND start = @start",
                new { number = (long)number, start });
            if (known == 0) return [];
            IEnumerable<MemberRow> rows = await connection.QueryAsync<MemberRow>(
                $"SELECT {MemberRow.Columns} FROM members WHERE heard_at > clock_timestamp() - @RestUs * INTERVAL '1 microsecond' ORDER BY number", new { RestUs });
            return [.. rows.Select(row => row.ToMember())];
        },
        cancellation);

    /// <inheritdoc/>
    public async ValueTask LeaveAsync(byte number, long start, CancellationToken cancellation) => await database.WriteAsync(
        WriteTurn.None,
        connection => connection.ExecuteAsync("UPDATE members SET has_left = TRUE WHERE number = @number AND start = @start", new { number = (long)number, start }),
        cancellation);

    /// <summary>The number that the name has, else the smallest that nobody ever had, else the one that has rested longest; null when none has rested enough.</summary>
    private static Task<long?> NumberForAsync(DbConnection connection, string name) => connection.ExecuteScalarAsync<long?>(
        """
        SELECT coalesce(
            (SELECT number FROM members WHERE name = @name),
            (SELECT min(free) FROM generate_series(1, 255) AS free WHERE NOT EXISTS (SELECT 1 FROM members WHERE number = free)),
            (SELECT number FROM members WHERE heard_at <= clock_timestamp() - @RestUs * INTERVAL '1 microsecond' ORDER BY heard_at LIMIT 1))
        """,
        new { name, RestUs });
}
