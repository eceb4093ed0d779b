using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;

namespace Scheduler.Core.Sessions;

/// <summary>
/// The keys of tokens and tickets. Several may be listed so that keys can rotate: new ones are made under the current key, older ones
/// verify as long as theirs is listed. Changed by building a new ring.
/// </summary>
/// <remarks>
/// Derivation is HKDF-SHA256 (RFC 5869) with the master secret as input, the salt <c>scheduler/v1</c> and 16 bytes of output. Its info is
/// <c>token</c>, a zero byte and the key id for session tokens; <c>cookie</c> and the same for DNS cookies; <c>ticket</c>, a zero byte, the site number (4 bytes, big-endian) and the
/// key id for a site's tickets.
/// </remarks>
public sealed class TokenKeyRing
{
    /// <summary>Site numbers below this have their key kept; a key of a number above is derived at every use (about 5 us).</summary>
    private const int MaxCachedSites = 1 << 16;

    private readonly MasterKey?[] _masters = new MasterKey?[256];
    private readonly AesCmac?[] _tokenKeys = new AesCmac?[256];
    private readonly MasterKey _current;
    private TicketKey?[] _siteKeys = new TicketKey?[256];

    /// <summary>Builds a ring.</summary>
    /// <param name="keys">At least one; ids are distinct.</param>
    /// <param name="currentId">Id of the key under which new tokens and tickets are made.</param>
    /// <exception cref="ArgumentException">No key, an id given twice, or no key with the current id.</exception>
    public TokenKeyRing(ImmutableArray<MasterKey> keys, byte currentId)
    {
        foreach (MasterKey key in keys)
        {
            if (_masters[key.Id] is not null) throw new ArgumentException($"Two master keys have the id {key.Id}.", nameof(keys));
            _masters[key.Id] = key;
            _tokenKeys[key.Id] = new AesCmac(Derive(key, "token\0"u8, siteNumber: null));
        }
        _current = _masters[currentId] ?? throw new ArgumentException($"No master key has the current id {currentId}.", nameof(currentId));
    }

    /// <summary>Id of the key under which new tokens and tickets are made.</summary>
    public byte CurrentKeyId => _current.Id;

    /// <summary>The current key of a site. Costs a lookup once the site was asked for; never blocks.</summary>
    /// <param name="siteNumber">Permanent number of the site; at least 0.</param>
    public TicketKey SiteKey(int siteNumber)
    {
        TicketKey?[] cached = Volatile.Read(ref _siteKeys);
        return (uint)siteNumber < (uint)cached.Length && Volatile.Read(ref cached[siteNumber]) is { } key ? key : AddSiteKey(siteNumber);
    }

    /// <summary>All keys that a site needs to verify tickets while keys rotate: one for each listed master key, by id.</summary>
    /// <param name="siteNumber">Permanent number of the site; at least 0.</param>
    public ImmutableArray<TicketKey> SiteKeys(int siteNumber) =>
        [.. _masters.Where(master => master is not null).Select(master => SiteKeyOf(master!, siteNumber))];

    /// <summary>Secrets of DNS cookies, 16 bytes each: one for each listed master key, the one that signs first.</summary>
    public ImmutableArray<byte[]> CookieSecrets() =>
    [
        .. _masters.OfType<MasterKey>().OrderBy(master => master == _current ? 0 : 1).Select(master => Derive(master, "cookie\0"u8, siteNumber: null)),
    ];

    /// <summary>The key of session tokens with an id; null when it is not listed.</summary>
    internal AesCmac? TokenKey(byte id) => _tokenKeys[id];

    private TicketKey AddSiteKey(int siteNumber)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(siteNumber);
        TicketKey key = SiteKeyOf(_current, siteNumber);
        if (siteNumber >= MaxCachedSites) return key;

        // Two threads may derive the same key, or lose one to a growing array: it is derived again, and is the same.
        TicketKey?[] cached = Volatile.Read(ref _siteKeys);
        while (siteNumber >= cached.Length)
        {
            TicketKey?[] larger = new TicketKey?[Math.Max(siteNumber + 1, cached.Length * 2)];
            cached.CopyTo(larger, 0);
            TicketKey?[] found = Interlocked.CompareExchange(ref _siteKeys, larger, cached);
            cached = found == cached ? larger : found;
        }
        Volatile.Write(ref cached[siteNumber], key);
        return key;
    }

    private static TicketKey SiteKeyOf(MasterKey master, int siteNumber) =>
        new(siteNumber, master.Id, Derive(master, "ticket\0"u8, siteNumber));

    private static byte[] Derive(MasterKey master, ReadOnlySpan<byte> label, int? siteNumber)
    {
        Span<byte> information = stackalloc byte[16];
        label.CopyTo(information);
        int length = label.Length;
        if (siteNumber is { } number)
        {
            BinaryPrimitives.WriteInt32BigEndian(information[length..], number);
            length += sizeof(int);
        }
        information[length++] = master.Id;
        byte[] key = new byte[AesCmac.KeyLength];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, master.Secret, key, "scheduler/v1"u8, information[..length]);
        return key;
    }
}
