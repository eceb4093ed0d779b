namespace Scheduler.Core.Sessions;

/// <summary>One master secret of the platform. Every token key and site key is derived from it, and none leads back to it.</summary>
public sealed class MasterKey
{
    /// <summary>Length of the secret, bytes.</summary>
    public const int SecretLength = 32;

    private readonly byte[] _secret;

    /// <summary>Holds a copy of a secret.</summary>
    /// <param name="id">Its number, carried by every token and ticket made under it.</param>
    /// <param name="secret">32 bytes from a cryptographic source.</param>
    /// <exception cref="ArgumentException">The secret has another length.</exception>
    public MasterKey(byte id, ReadOnlySpan<byte> secret)
    {
        if (secret.Length != SecretLength) throw new ArgumentException($"A master secret has {SecretLength} bytes.", nameof(secret));
        Id = id;
        _secret = secret.ToArray();
    }

    /// <summary>Number of the key.</summary>
    public byte Id { get; }

    /// <summary>The secret, for derivation only: never logged, never part of <c>ToString</c>.</summary>
    internal ReadOnlySpan<byte> Secret => _secret;
}
