using System.Collections.Immutable;
using System.Data.Common;
using Dapper;
using Scheduler.State.Ports;

namespace Scheduler.Storage.Sql;

/// <summary>Master secrets in a database: whoever may read it can sign tokens.</summary>
/// <param name="database">The database.</param>
internal sealed class SqlSecretStore(SqlDatabase database) : ISecretStore
{
    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<MasterSecret>> ReadOrCreateAsync(ReadOnlyMemory<byte> candidate, DateTimeOffset now, CancellationToken cancellation)
    {
        // It is asked every few seconds, and empty once: a read then spares the write.
        if (await database.ReadAsync(AllAsync, cancellation) is { IsEmpty: false } known) return known;
        return await database.WriteAsync<ImmutableArray<MasterSecret>>(
            WriteTurn.Secrets,
            async connection =>
            {
                ImmutableArray<MasterSecret> secrets = await AllAsync(connection);
                return secrets.IsEmpty ? [await InsertAsync(connection, 1, candidate, now)] : secrets;
            },
            cancellation);
    }

    /// <inheritdoc/>
    public ValueTask<MasterSecret?> AddAsync(ReadOnlyMemory<byte> secret, DateTimeOffset now, CancellationToken cancellation) => database.WriteAsync(
        WriteTurn.Secrets,
        async connection =>
        {
            int newest = await AllAsync(connection) is [var first, ..] ? first.Id : 0;
            return newest == byte.MaxValue ? null : await InsertAsync(connection, (byte)(newest + 1), secret, now);
        },
        cancellation);

    /// <inheritdoc/>
    public ValueTask<bool> RetireAsync(byte id, CancellationToken cancellation) => database.WriteAsync(
        WriteTurn.Secrets,
        async connection => await connection.ExecuteAsync(
            "DELETE FROM master_secrets WHERE id = @id AND id < (SELECT max(id) FROM master_secrets)", new { id = (int)id }) == 1,
        cancellation);

    private static async Task<ImmutableArray<MasterSecret>> AllAsync(DbConnection connection) =>
    [
        .. (await connection.QueryAsync<(int Id, byte[] Secret, long CreatedAtUs)>("SELECT id, secret, created_at_us FROM master_secrets ORDER BY id DESC"))
            .Select(row => new MasterSecret((byte)row.Id, row.Secret, Timestamps.FromMicroseconds(row.CreatedAtUs))),
    ];

    private static async Task<MasterSecret> InsertAsync(DbConnection connection, byte id, ReadOnlyMemory<byte> secret, DateTimeOffset now)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(secret.Length, MasterSecret.Length);
        long atUs = Timestamps.ToMicroseconds(now);
        await connection.ExecuteAsync(
            "INSERT INTO master_secrets (id, secret, created_at_us) VALUES (@id, @secret, @atUs)", new { id = (int)id, secret = secret.ToArray(), atUs });
        return new MasterSecret(id, secret.ToArray(), Timestamps.FromMicroseconds(atUs));
    }
}
