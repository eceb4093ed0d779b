using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Scheduler.Core.Sessions;
using Scheduler.State.Ports;

namespace Scheduler.Server.Security;

/// <summary>The <see cref="TokenKeyRing"/> that tokens and tickets are made and read with, kept in step with the secrets of the store.</summary>
/// <param name="store">Where secrets are that the configuration does not give.</param>
/// <param name="options">The checked options.</param>
/// <param name="clock">Tells which secret signs.</param>
public sealed class TokenKeys(ISecretStore store, SecurityOptions options, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile Held? _held;

    /// <summary>The keys that hold. A request reads them once.</summary>
    /// <exception cref="InvalidOperationException"><see cref="LoadAsync"/> was not called.</exception>
    public TokenKeyRing Ring => _held?.Ring ?? throw new InvalidOperationException("The token keys were not loaded.");

    /// <summary>The store's secrets that hold, the newest first; empty when the configuration brings them.</summary>
    public ImmutableArray<MasterSecret> Stored => options.TokenKeys.Count > 0 ? [] : _held?.Secrets ?? [];

    /// <summary>Takes secrets that were kept beside the store, when it cannot be reached at the start.</summary>
    /// <param name="stored">What <see cref="Stored"/> gave in an earlier process.</param>
    /// <exception cref="InvalidDataException">There is none, and the configuration brings none.</exception>
    public void Restore(ImmutableArray<MasterSecret> stored)
    {
        DateTimeOffset now = clock.GetUtcNow();
        ImmutableArray<MasterSecret> secrets = options.TokenKeys.Count > 0 ? MasterSecrets.Configured(options, now) : stored;
        if (secrets.IsEmpty) throw new InvalidDataException("There is no secret to make tokens with.");
        Take(secrets, options.TokenKeys.Count > 0 ? secrets[0].Id : MasterSecrets.Signing(secrets, now).Id);
    }

    /// <summary>Reads the secrets, forgets those whose tokens have all expired, and takes in force what has changed.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    public async ValueTask LoadAsync(CancellationToken cancellation)
    {
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

    /// <summary>
    /// Makes a new secret. It is listed at once and signs only <see cref="MasterSecrets.ListedFirst"/> later, so that every site has fetched the keys
    /// that come from it before the first ticket is made with one.
    /// </summary>
    /// <param name="cancellation">Ends the wait, before the write begins.</param>
    public async ValueTask<TokenKeyRotation> RotateAsync(CancellationToken cancellation)
    {
        if (options.TokenKeys.Count > 0) return new TokenKeyRotation.Configured();
        await _gate.WaitAsync(cancellation);
        try
        {
            ImmutableArray<MasterSecret> secrets = await ReadAsync(cancellation);
            MasterSecret newest = secrets[0];
            if (newest.Id != Ring.CurrentKeyId) return new TokenKeyRotation.Pending(newest.Id, newest.CreatedAt + MasterSecrets.ListedFirst);

            DateTimeOffset now = clock.GetUtcNow();
            MasterSecret? made = await store.AddAsync(RandomNumberGenerator.GetBytes(MasterSecret.Length), now, CancellationToken.None);
            if (made is null) return new TokenKeyRotation.Exhausted();
            await ReadAsync(CancellationToken.None);
            return new TokenKeyRotation.Made(made, now + MasterSecrets.ListedFirst);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>
    /// A key for another purpose than tokens, from one of the secrets: HKDF-SHA256 with the purpose and the secret's id as its info. Every replica gets the same.
    /// </summary>
    /// <param name="purpose">What it is for; no other use has the same word.</param>
    /// <param name="id">Id of the secret.</param>
    /// <returns>32 bytes; null when no such secret is listed.</returns>
    internal byte[]? KeyFor(string purpose, byte id)
    {
        if (_held is not { } held || held.Secrets.FirstOrDefault(listed => listed.Id == id) is not { } secret) return null;
        return HKDF.DeriveKey(HashAlgorithmName.SHA256, secret.Bytes.ToArray(), HMACSHA256.HashSizeInBytes, "scheduler/v1"u8.ToArray(), [.. Encoding.ASCII.GetBytes(purpose), 0, id]);
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private async ValueTask<ImmutableArray<MasterSecret>> ReadAsync(CancellationToken cancellation)
    {
        ImmutableArray<MasterSecret> secrets = await MasterSecrets.LoadAsync(options, store, clock, cancellation);
        byte signing = secrets[0].Id;
        if (options.TokenKeys.Count == 0)
        {
            DateTimeOffset now = clock.GetUtcNow();
            signing = MasterSecrets.Signing(secrets, now).Id;
            foreach (MasterSecret spent in MasterSecrets.Spent(secrets, now))
            {
                if (await store.RetireAsync(spent.Id, cancellation)) secrets = secrets.Remove(spent);
            }
        }

        Take(secrets, signing);
        return secrets;
    }

    private void Take(ImmutableArray<MasterSecret> secrets, byte signing)
    {
        if (_held is { } held && held.Ring.CurrentKeyId == signing && held.Secrets.Length == secrets.Length
            && held.Secrets.Zip(secrets).All(pair => pair.First.Id == pair.Second.Id && pair.First.Bytes.Span.SequenceEqual(pair.Second.Bytes.Span))) return;
        _held = new Held(secrets, new TokenKeyRing([.. secrets.Select(secret => new MasterKey(secret.Id, secret.Bytes.Span))], signing));
    }

    private sealed record Held(ImmutableArray<MasterSecret> Secrets, TokenKeyRing Ring);
}
