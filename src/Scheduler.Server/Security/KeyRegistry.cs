using System.Collections.Immutable;
using Scheduler.State.Keys;
using Scheduler.State.Ports;

namespace Scheduler.Server.Security;

/// <summary>Makes and revokes keys, and keeps the <see cref="KeyRing"/> that requests are checked against in step with the store.</summary>
/// <param name="store">Where keys are kept.</param>
/// <param name="options">The checked options.</param>
/// <param name="clock">Dates what happens to keys.</param>
public sealed class KeyRegistry(IKeyStore store, SecurityOptions options, TimeProvider clock) : IDisposable
{
    private const int MostAttempts = 4;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile State _state = new([], new KeyRing([], options.AdminKey));

    /// <summary>The keys that hold: what requests are checked against.</summary>
    public KeyRing Ring => _state.Ring;

    /// <summary>Every key that was ever made, the oldest first.</summary>
    public ImmutableArray<ApiKey> Keys => _state.Keys;

    /// <summary>Reads the keys; called at the start, and regularly: another process may have made or revoked one.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    public async ValueTask LoadAsync(CancellationToken cancellation)
    {
        // Behind a change that runs: a list that was read before it must not take the place of one that was read after.
        await _gate.WaitAsync(cancellation);
        try
        {
            await ReadAsync(cancellation);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Takes keys that were kept beside the store, when it cannot be reached at the start.</summary>
    /// <param name="keys">What <see cref="Keys"/> gave in an earlier process.</param>
    public void Restore(ImmutableArray<ApiKey> keys) => _state = new State(keys, new KeyRing(keys, options.AdminKey));

    /// <summary>Makes a key.</summary>
    /// <param name="kind">What its bearer may do.</param>
    /// <param name="name">1 to 64 characters.</param>
    /// <param name="sites">Ids of sites for a reporter; empty for every other kind.</param>
    /// <param name="by">Name of the key that asks.</param>
    /// <param name="request">The repeatable request that asks; null when it is none.</param>
    /// <param name="cancellation">Ends the wait, before the write begins.</param>
    /// <param name="tenant">The tenant of a player or backend; null for none.</param>
    public async ValueTask<KeyCreation> CreateAsync(
        ApiKeyKind kind, string name, ImmutableArray<string> sites, string by, RequestMark? request, CancellationToken cancellation, string? tenant = null)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            for (int attempt = 0; attempt < MostAttempts; attempt++)
            {
                await ReadAsync(cancellation);
                if (Standing(name, request) is { } standing) return standing;

                string id = ApiKeyFormat.NewId();
                string secret = ApiKeyFormat.NewKey(kind, id);
                byte[] hash = new byte[ApiKeyFormat.HashLength];
                ApiKeyFormat.Hash(secret, hash);
                var key = new ApiKey(id, kind, name, sites, hash, clock.GetUtcNow(), by, null, null, request) { Tenant = tenant };
                if (!await store.AddAsync(key, CancellationToken.None)) continue; // another replica took the name or the request meanwhile

                await ReadAsync(CancellationToken.None);
                return new KeyCreation.Created(key, secret);
            }

            throw new InvalidOperationException("The store refuses the new key, but shows no key that would be in its way.");
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Revokes a key; it is refused from the next request on.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="by">Name of the key that asks.</param>
    /// <param name="cancellation">Ends the wait, before the write begins.</param>
    public async ValueTask<KeyRevocation> RevokeAsync(string id, string by, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            await ReadAsync(cancellation);
            ApiKey? key = Keys.FirstOrDefault(other => other.Id == id && other.RevokedAt is null);
            if (key is null) return KeyRevocation.NotFound;

            bool otherAdmin = options.AdminKey is not null
                || Keys.Any(other => other.Id != id && other.Kind == ApiKeyKind.Admin && other.RevokedAt is null);
            if (key.Kind == ApiKeyKind.Admin && !otherAdmin) return KeyRevocation.LastAdmin;

            bool revoked = await store.RevokeAsync(id, clock.GetUtcNow(), by, CancellationToken.None);
            await ReadAsync(CancellationToken.None);
            return revoked ? KeyRevocation.Revoked : KeyRevocation.NotFound;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private async ValueTask ReadAsync(CancellationToken cancellation)
    {
        ImmutableArray<ApiKey> keys = await store.ListAsync(cancellation);
        if (!IsKnown(keys)) _state = new State(keys, new KeyRing(keys, options.AdminKey));
    }

    /// <summary>True for the keys that are known already: they are added and revoked, and never changed or deleted.</summary>
    private bool IsKnown(ImmutableArray<ApiKey> keys) =>
        keys.Length == Keys.Length && keys.Count(key => key.RevokedAt is null) == Keys.Count(key => key.RevokedAt is null);

    /// <summary>What already settles the making of a key; null when nothing does.</summary>
    private KeyCreation? Standing(string name, RequestMark? request)
    {
        foreach (ApiKey key in Keys)
        {
            if (request is null || key.Request?.Key != request.Key) continue;
            return key.Request.BodyHash == request.BodyHash ? new KeyCreation.Replayed(key) : new KeyCreation.RequestKeyReused();
        }

        foreach (ApiKey key in Keys)
        {
            if (key.Name == name && key.RevokedAt is null) return new KeyCreation.NameTaken(key.Id);
        }

        return null;
    }

    private sealed record State(ImmutableArray<ApiKey> Keys, KeyRing Ring);
}
