using System.Collections.Immutable;
using Scheduler.State.Ports;

namespace Scheduler.Storage.Memory;

/// <summary>Keys in memory.</summary>
public sealed class MemoryKeyStore : IKeyStore
{
    private readonly Lock _lock = new();
    private readonly List<ApiKey> _keys = [];

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<ApiKey>> ListAsync(CancellationToken cancellation)
    {
        lock (_lock) return new([.. _keys]);
    }

    /// <inheritdoc/>
    public ValueTask<bool> AddAsync(ApiKey key, CancellationToken cancellation)
    {
        lock (_lock)
        {
            bool taken = _keys.Exists(other => other.Id == key.Id
                || (other.RevokedAt is null && other.Name == key.Name)
                || (key.Request is { } request && other.Request?.Key == request.Key));
            if (!taken) _keys.Add(key with { CreatedAt = Timestamps.Rounded(key.CreatedAt), Hash = key.Hash.ToArray() });
            return new(!taken);
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> RevokeAsync(string id, DateTimeOffset at, string by, CancellationToken cancellation)
    {
        lock (_lock)
        {
            int position = _keys.FindIndex(key => key.Id == id && key.RevokedAt is null);
            if (position >= 0) _keys[position] = _keys[position] with { RevokedAt = Timestamps.Rounded(at), RevokedBy = by };
            return new(position >= 0);
        }
    }
}
