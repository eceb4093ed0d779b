using System.Collections.Immutable;
using System.Data.Common;
using Dapper;
using Scheduler.State.Ports;

namespace Scheduler.Storage.Sql;

/// <summary>Keys in a database.</summary>
/// <param name="database">The database.</param>
internal sealed class SqlKeyStore(SqlDatabase database) : IKeyStore
{
    /// <inheritdoc/>
    public ValueTask<ImmutableArray<ApiKey>> ListAsync(CancellationToken cancellation) => database.ReadAsync<ImmutableArray<ApiKey>>(
        async connection =>
            [.. (await connection.QueryAsync<ApiKeyRow>($"SELECT {ApiKeyRow.Columns} FROM api_keys ORDER BY sequence")).Select(row => row.ToKey())],
        cancellation);

    /// <inheritdoc/>
    public ValueTask<bool> AddAsync(ApiKey key, CancellationToken cancellation) => database.WriteAsync(
        WriteTurn.None,
        async connection => await connection.ExecuteAsync(
            """
            INSERT INTO api_keys (id, kind, name, sites, hash, created_at_us, created_by, request_key, request_hash, tenant)
            VALUES (@Id, @Kind, @Name, @Sites, @Hash, @CreatedAtUs, @CreatedBy, @RequestKey, @RequestHash, @Tenant)
            ON CONFLICT DO NOTHING
            """,
            ApiKeyRow.Of(key)) == 1,
        cancellation);

    /// <inheritdoc/>
    public ValueTask<bool> RevokeAsync(string id, DateTimeOffset at, string by, CancellationToken cancellation) => database.WriteAsync(
        WriteTurn.None,
        async connection => await connection.ExecuteAsync(
            "UPDATE api_keys SET revoked_at_us = @atUs, revoked_by = @by WHERE id = @id AND revoked_at_us IS NULL",
            new { id, atUs = Timestamps.ToMicroseconds(at), by }) == 1,
        cancellation);

    /// <summary>Writes a row as it was in another store, in the transaction of the caller.</summary>
    internal static Task RestoreAsync(DbConnection connection, ApiKeyRow row) => connection.ExecuteAsync(
        """
        INSERT INTO api_keys (id, kind, name, sites, hash, created_at_us, created_by, revoked_at_us, revoked_by, request_key, request_hash, tenant)
        VALUES (@Id, @Kind, @Name, @Sites, @Hash, @CreatedAtUs, @CreatedBy, @RevokedAtUs, @RevokedBy, @RequestKey, @RequestHash, @Tenant)
        """,
        row);
}
