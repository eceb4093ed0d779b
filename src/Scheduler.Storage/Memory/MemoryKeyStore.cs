using System.Collections.Immutable;
using Scheduler.State.Ports;

namespace Scheduler.Storage.Memory;

/// <summary>Keys in memory.</summary>
/// <param name="changes">Is told of every change; null where nobody listens.</param>
public sealed class MemoryKeyStore(MemoryChangeFeed? changes = null) : IKeyStore
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
        bool taken;
        lock (_lock)
        {
            taken = _keys.Exists(other => other.Id == key.Id
                || (other.RevokedAt is null && other.Name == key.Name)
                || (key.Request is { } request && other.Request?.Key == request.Key));
            if (!taken) _keys.Add(key with { CreatedAt = Timestamps.Rounded(key.CreatedAt), Hash = key.Hash.ToArray() });
        }
        if (!taken) changes?.Tell(StoreChange.Keys);
        return new(!taken);
    }

    /// <inheritdoc/>
    public ValueTask<bool> RevokeAsync(string id, DateTimeOffset at, string by, CancellationToken cancellation)
    {
        int position;
        lock (_lock)
        {
            position = _keys.FindIndex(key => key.Id == id && key.RevokedAt is null);
            if (position >= 0) _keys[position] = _keys[position] with { RevokedAt = Timestamps.Rounded(at), RevokedBy = by };
        }
        if (position >= 0) changes?.Tell(StoreChange.Keys);
        return new(position >= 0);
    }
}
