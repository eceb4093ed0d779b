using System.Collections.Frozen;
using System.Security.Cryptography;
using Scheduler.State.Keys;
using Scheduler.State.Ports;

namespace Scheduler.Server.Security;

/// <summary>The keys that hold, as an immutable lookup. A new one takes its place when a key is made or revoked.</summary>
public sealed class KeyRing
{
    private readonly FrozenDictionary<string, Entry>.AlternateLookup<ReadOnlySpan<char>> _byId;
    private readonly byte[]? _adminHash;

    /// <summary>A ring of keys.</summary>
    /// <param name="keys">Stored keys; revoked ones are left out.</param>
    /// <param name="adminKey">The admin key of the configuration; null when there is none.</param>
    public KeyRing(IEnumerable<ApiKey> keys, string? adminKey)
    {
        _byId = keys
            .Where(key => key.RevokedAt is null)
            .ToFrozenDictionary(key => key.Id, key => new Entry(key.Hash.ToArray(), Caller.Of(key)), StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();
        if (adminKey is null) return;
        _adminHash = new byte[ApiKeyFormat.HashLength];
        ApiKeyFormat.Hash(adminKey, _adminHash);
    }

    /// <summary>The bearer of a key; <see cref="Caller.UnknownKey"/> when no one has it. Allocates nothing; hashes are compared in constant time.</summary>
    /// <param name="key">The key as it was shown, of any length.</param>
    public Caller Find(ReadOnlySpan<char> key)
    {
        if (key.Length is 0 or > ApiKeyFormat.MostLength) return Caller.UnknownKey;

        Span<byte> hash = stackalloc byte[ApiKeyFormat.HashLength];
        ApiKeyFormat.Hash(key, hash);
        if (_adminHash is not null && CryptographicOperations.FixedTimeEquals(hash, _adminHash)) return Caller.ConfiguredAdmin;

        // The id is no secret: it may be looked up in the ordinary way.
        return _byId.TryGetValue(ApiKeyFormat.IdOf(key), out Entry? entry) && CryptographicOperations.FixedTimeEquals(hash, entry.Hash)
            ? entry.Caller
            : Caller.UnknownKey;
    }

    /// <summary>The bearer of the key of an id, who showed it earlier; <see cref="Caller.UnknownKey"/> when it does not hold any more.</summary>
    /// <param name="id">The <see cref="Caller.Id"/> of then.</param>
    internal Caller Recall(string id) =>
        _adminHash is not null && id == Caller.ConfiguredAdmin.Id ? Caller.ConfiguredAdmin
        : _byId.TryGetValue(id, out Entry? entry) ? entry.Caller
        : Caller.UnknownKey;

    private sealed record Entry(byte[] Hash, Caller Caller);
}
