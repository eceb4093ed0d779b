using System.Collections.Immutable;
using Scheduler.State.Ports;

namespace Scheduler.Storage.Memory;

/// <summary>Master secrets in memory.</summary>
/// <param name="changes">Is told of every change; null where nobody listens.</param>
public sealed class MemorySecretStore(MemoryChangeFeed? changes = null) : ISecretStore
{
    private readonly Lock _lock = new();
    private ImmutableArray<MasterSecret> _secrets = [];

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<MasterSecret>> ReadOrCreateAsync(
        ReadOnlyMemory<byte> candidate, DateTimeOffset now, CancellationToken cancellation)
    {
        bool isFirst;
        ImmutableArray<MasterSecret> secrets;
        lock (_lock)
        {
            isFirst = _secrets.IsEmpty;
            if (isFirst) _secrets = [Secret(1, candidate, now)];
            secrets = _secrets;
        }
        if (isFirst) changes?.Tell(StoreChange.Keys);
        return new(secrets);
    }

    /// <inheritdoc/>
    public ValueTask<MasterSecret?> AddAsync(ReadOnlyMemory<byte> secret, DateTimeOffset now, CancellationToken cancellation)
    {
        MasterSecret added;
        lock (_lock)
        {
            int newest = _secrets.IsEmpty ? 0 : _secrets[0].Id;
            if (newest == byte.MaxValue) return new((MasterSecret?)null);
            added = Secret((byte)(newest + 1), secret, now);
            _secrets = _secrets.Insert(0, added);
        }
        changes?.Tell(StoreChange.Keys);
        return new(added);
    }

    /// <inheritdoc/>
    public ValueTask<bool> RetireAsync(byte id, CancellationToken cancellation)
    {
        bool retired;
        lock (_lock)
        {
            int before = _secrets.Length;
            if (before > 0 && _secrets[0].Id != id) _secrets = _secrets.RemoveAll(secret => secret.Id == id);
            retired = _secrets.Length < before;
        }
        if (retired) changes?.Tell(StoreChange.Keys);
        return new(retired);
    }

    private static MasterSecret Secret(byte id, ReadOnlyMemory<byte> bytes, DateTimeOffset now)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, MasterSecret.Length);
        return new MasterSecret(id, bytes.ToArray(), Timestamps.Rounded(now));
    }
}
