namespace Scheduler.Core.Sessions;

/// <summary>The key under which one site's tickets are made: all that a site ever holds. Immutable; threads may share it.</summary>
public sealed class TicketKey
{
    /// <summary>Length of the secret, bytes.</summary>
    public const int SecretLength = AesCmac.KeyLength;

    /// <summary>Prepares a key, at the scheduler or at an edge that was given its secret.</summary>
    /// <param name="siteNumber">Permanent number of the site.</param>
    /// <param name="keyId">Number of the master key that it comes from.</param>
    /// <param name="secret">16 bytes.</param>
    /// <exception cref="ArgumentException">The secret has another length.</exception>
    public TicketKey(int siteNumber, byte keyId, ReadOnlySpan<byte> secret)
    {
        SiteNumber = siteNumber;
        KeyId = keyId;
        Mac = new AesCmac(secret);
    }

    /// <summary>Permanent number of the site.</summary>
    public int SiteNumber { get; }

    /// <summary>Number of the master key that it comes from; byte 1 of every ticket made under it.</summary>
    public byte KeyId { get; }

    internal AesCmac Mac { get; }

    /// <summary>Copies the secret out, to be handed to the site.</summary>
    /// <param name="destination">At least <see cref="SecretLength"/> bytes.</param>
    public void CopySecretTo(Span<byte> destination) => Mac.CopyKeyTo(destination);
}
