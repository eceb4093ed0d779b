using System.Collections.Immutable;
using Scheduler.State.Ports;

namespace Scheduler.Storage.Memory;

/// <summary>Master secrets in memory.</summary>
public sealed class MemorySecretStore : ISecretStore
{
    private readonly Lock _lock = new();
    private ImmutableArray<MasterSecret> _secrets = [];

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<MasterSecret>> ReadOrCreateAsync(
        ReadOnlyMemory<byte> candidate, DateTimeOffset now, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_secrets.IsEmpty) _secrets = [Secret(1, candidate, now)];
            return new(_secrets);
        }
    }

    /// <inheritdoc/>
    public ValueTask<MasterSecret?> AddAsync(ReadOnlyMemory<byte> secret, DateTimeOffset now, CancellationToken cancellation)
    {
        lock (_lock)
        {
            int newest = _secrets.IsEmpty ? 0 : _secrets[0].Id;
            if (newest == byte.MaxValue) return new((MasterSecret?)null);
            MasterSecret added = Secret((byte)(newest + 1), secret, now);
            _secrets = _secrets.Insert(0, added);
            return new(added);
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> RetireAsync(byte id, CancellationToken cancellation)
    {
        lock (_lock)
        {
            int before = _secrets.Length;
            if (before > 0 && _secrets[0].Id != id) _secrets = _secrets.RemoveAll(secret => secret.Id == id);
            return new(_secrets.Length < before);
        }
    }

    private static MasterSecret Secret(byte id, ReadOnlyMemory<byte> bytes, DateTimeOffset now)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, MasterSecret.Length);
        return new MasterSecret(id, bytes.ToArray(), Timestamps.Rounded(now));
    }
}
