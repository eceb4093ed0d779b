using System.Collections.Immutable;
using Dapper;
using Microsoft.Data.Sqlite;
using Scheduler.State.Ports;

namespace Scheduler.Storage.Sqlite;

/// <summary>Master secrets in SQLite; the file is readable by its owner only.</summary>
/// <param name="database">The file.</param>
public sealed class SqliteSecretStore(SqliteDatabase database) : ISecretStore
{
    /// <inheritdoc/>
    public ValueTask<ImmutableArray<MasterSecret>> ReadOrCreateAsync(
        ReadOnlyMemory<byte> candidate, DateTimeOffset now, CancellationToken cancellation) => database.WriteAsync<ImmutableArray<MasterSecret>>(
        connection =>
        {
            ImmutableArray<MasterSecret> secrets = All(connection);
            return secrets.IsEmpty ? [Insert(connection, 1, candidate, now)] : secrets;
        },
        cancellation);

    /// <inheritdoc/>
    public ValueTask<MasterSecret?> AddAsync(ReadOnlyMemory<byte> secret, DateTimeOffset now, CancellationToken cancellation)
        => database.WriteAsync(
            connection =>
            {
                int newest = All(connection) is [var first, ..] ? first.Id : 0;
                return newest == byte.MaxValue ? null : Insert(connection, (byte)(newest + 1), secret, now);
            },
            cancellation);

    /// <inheritdoc/>
    public ValueTask<bool> RetireAsync(byte id, CancellationToken cancellation) => database.WriteAsync(
        connection => connection.Execute(
            "DELETE FROM master_secrets WHERE id = @id AND id < (SELECT max(id) FROM master_secrets)", new { id = (int)id }) == 1,
        cancellation);

    private static ImmutableArray<MasterSecret> All(SqliteConnection connection) =>
    [
        .. connection.Query<(int Id, byte[] Secret, long CreatedAtUs)>("SELECT id, secret, created_at_us FROM master_secrets ORDER BY id DESC")
            .Select(row => new MasterSecret((byte)row.Id, row.Secret, Timestamps.FromMicroseconds(row.CreatedAtUs))),
    ];

    private static MasterSecret Insert(SqliteConnection connection, byte id, ReadOnlyMemory<byte> secret, DateTimeOffset now)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(secret.Length, MasterSecret.Length);
        long atUs = Timestamps.ToMicroseconds(now);
        connection.Execute(
            "INSERT INTO master_secrets (id, secret, created_at_us) VALUES (@id, @secret, @atUs)", new { id = (int)id, secret = secret.ToArray(), atUs });
        return new MasterSecret(id, secret.ToArray(), Timestamps.FromMicroseconds(atUs));
    }
}
