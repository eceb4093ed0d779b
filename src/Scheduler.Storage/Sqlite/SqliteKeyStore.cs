using System.Collections.Immutable;
using Dapper;
using Microsoft.Data.Sqlite;
using Scheduler.State.Ports;

namespace Scheduler.Storage.Sqlite;

/// <summary>Keys in SQLite.</summary>
/// <param name="database">The file.</param>
public sealed class SqliteKeyStore(SqliteDatabase database) : IKeyStore
{
    /// <inheritdoc/>
    public ValueTask<ImmutableArray<ApiKey>> ListAsync(CancellationToken cancellation) => database.ReadAsync<ImmutableArray<ApiKey>>(
        connection => [.. connection.Query<ApiKeyRow>($"SELECT {ApiKeyRow.Columns} FROM api_keys ORDER BY sequence").Select(row => row.ToKey())],
        cancellation);

    /// <inheritdoc/>
    public ValueTask<bool> AddAsync(ApiKey key, CancellationToken cancellation) => database.WriteAsync(
        connection => connection.Execute(
            """
            INSERT INTO api_keys (id, kind, name, sites, hash, created_at_us, created_by, request_key, request_hash, tenant)
            VALUES (@Id, @Kind, @Name, @Sites, @Hash, @CreatedAtUs, @CreatedBy, @RequestKey, @RequestHash, @Tenant)
            ON CONFLICT DO NOTHING
            """,
            ApiKeyRow.Of(key)) == 1,
        cancellation);

    /// <summary>Writes a row as it was in another store, in the transaction of the caller.</summary>
    internal static void Restore(SqliteConnection connection, ApiKeyRow row) => connection.Execute(
        """
        INSERT INTO api_keys (id, kind, name, sites, hash, created_at_us, created_by, revoked_at_us, revoked_by, request_key, request_hash, tenant)
        VALUES (@Id, @Kind, @Name, @Sites, @Hash, @CreatedAtUs, @CreatedBy, @RevokedAtUs, @RevokedBy, @RequestKey, @RequestHash, @Tenant)
        """,
        row);

    /// <inheritdoc/>
    public ValueTask<bool> RevokeAsync(string id, DateTimeOffset at, string by, CancellationToken cancellation) => database.WriteAsync(
        connection => connection.Execute(
            "UPDATE api_keys SET revoked_at_us = @atUs, revoked_by = @by WHERE id = @id AND revoked_at_us IS NULL",
            new { id, atUs = Timestamps.ToMicroseconds(at), by }) == 1,
        cancellation);
}
