using System.Buffers.Binary;
using System.Buffers.Text;

namespace Scheduler.Core.Sessions;

/// <summary>
/// The ticket of a candidate: what the edge checks before it serves a viewer. Made under a key of the edge's own site, so that a site can
/// make none for another.
/// </summary>
/// <remarks>
/// <para>Exactly 64 characters of <c>[A-Za-z0-9_-]</c>: base64url without padding (RFC 4648, section 5) of 48 bytes, integers
/// big-endian:</para>
/// <code>
/// offset length field
///      0      1 version, 1
///      1      1 key id: which of the site's keys
///      2      1 bit 0: 0 plays, 1 publishes; bit 1: a place was taken for it; bits 2 to 7: when (AdmissionPeriod)
///      3      1 replica, 1 to 255: the key under by_replica in the node's reports
///      4      4 node: permanent number of the node that it opens
///      8      8 session
///     16      8 hash of the stream's name (below)
///     24      4 bit rate that was admitted, kbit/s
///     28      4 expiry, Unix s: refuse from this second on
///     32     16 MAC: AES-128-CMAC (RFC 4493) of bytes 0 to 31 under the site's key of that id
/// </code>
/// <para>
/// An edge refuses a ticket when any of these fails: 64 characters that decode; version 1; a key with that id; the MAC, compared in
/// constant time; its own node number; the hash of the stream that is asked for; the expiry. It needs its node number and its site's
/// keys, nothing else.
/// </para>
/// <para>
/// The first candidate of an answer holds a place on its node, the others are spare. A node that counts for its reports what has begun to be served (<c>started_bps</c>) counts tickets that hold one.
/// </para>
/// <para>
/// The hash, on unsigned 64-bit integers that wrap: <c>h = 0x9E3779B97F4A7C15 ^ length</c>; for every whole eight bytes, read
/// little-endian as w,
/// <c>h = (rotl(h, 29) ^ w) * 0xBF58476D1CE4E5B9</c>; the same once more with the bytes that are left (none: w = 0); then
/// <c>h = (h ^ (h >> 30)) * 0xBF58476D1CE4E5B9</c>, <c>h = (h ^ (h >> 27)) * 0x94D049BB133111EB</c>, <c>h = h ^ (h >> 31)</c>.
/// </para>
/// </remarks>
public static class Ticket
{
    /// <summary>Length of every ticket, characters.</summary>
    public const int Length = 64;

    private const byte Version = 1;
    private const int Signed = 32;
    private const int HoldsPlace = 2;
    private const int PeriodShift = 2;
    private const int Bytes = Signed + AesCmac.MacLength;

    /// <summary>Writes a ticket.</summary>
    /// <param name="claims">What it says.</param>
    /// <param name="key">The current key of the node's site.</param>
    /// <param name="utf8">Where to; at least <see cref="Length"/> bytes.</param>
    /// <returns>Bytes written: <see cref="Length"/>.</returns>
    /// <exception cref="ArgumentException">The space is too small.</exception>
    public static int Write(in TicketClaims claims, TicketKey key, Span<byte> utf8)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        bytes[0] = Version;
        bytes[1] = key.KeyId;
        bytes[2] = (byte)((int)claims.Kind | (claims.AdmittedIn is { } period ? HoldsPlace | (period << PeriodShift) : 0));
        bytes[3] = claims.Replica;
        BinaryPrimitives.WriteInt32BigEndian(bytes[4..], claims.Node);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], claims.Session);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[16..], claims.Stream);
        BinaryPrimitives.WriteInt32BigEndian(bytes[24..], claims.BitRateKbps);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[28..], claims.ExpiresAtUnixS);
        key.Mac.Compute(bytes[..Signed], bytes[Signed..]);
        return Base64Url.EncodeToUtf8(bytes, utf8);
    }

    /// <summary>Reads a ticket, as an edge does. The caller still compares node and stream with its own.</summary>
    /// <param name="utf8">The ticket as it came.</param>
    /// <param name="siteKeys">The keys of the site; one of them must have the ticket's key id.</param>
    /// <param name="nowUnixS">The time, Unix s.</param>
    /// <param name="claims">What it says, when the verdict is <see cref="TokenVerdict.Valid"/> or
    /// <see cref="TokenVerdict.Expired"/>.</param>
    public static TokenVerdict Read(ReadOnlySpan<byte> utf8, ReadOnlySpan<TicketKey> siteKeys, uint nowUnixS, out TicketClaims claims)
    {
        claims = default;
        Span<byte> bytes = stackalloc byte[Bytes];
        if (!ExactBase64Url.TryDecode(utf8, bytes) || bytes[0] != Version) return TokenVerdict.Malformed;
        if (KeyWithId(siteKeys, bytes[1]) is not { } key) return TokenVerdict.UnknownKey;
        if (!key.Mac.Verify(bytes[..Signed], bytes[Signed..])) return TokenVerdict.Forged;

        claims = ClaimsOf(bytes);
        return nowUnixS < claims.ExpiresAtUnixS ? TokenVerdict.Valid : TokenVerdict.Expired;
    }

    /// <summary>What a ticket says, unverified: for who plays an edge and has no key.</summary>
    /// <param name="utf8">The ticket as it came.</param>
    /// <param name="claims">What it says.</param>
    /// <returns>False when it is no ticket.</returns>
    public static bool TryPeek(ReadOnlySpan<byte> utf8, out TicketClaims claims)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        bool isTicket = ExactBase64Url.TryDecode(utf8, bytes) && bytes[0] == Version;
        claims = isTicket ? ClaimsOf(bytes) : default;
        return isTicket;
    }

    private static TicketClaims ClaimsOf(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]),
        BinaryPrimitives.ReadInt32BigEndian(bytes[4..]),
        BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]),
        BinaryPrimitives.ReadInt32BigEndian(bytes[24..]),
        bytes[3],
        (SessionKind)(bytes[2] & 1),
        BinaryPrimitives.ReadUInt32BigEndian(bytes[28..]))
    {
        AdmittedIn = (bytes[2] & HoldsPlace) == 0 ? null : (byte)(bytes[2] >> PeriodShift),
    };

    private static TicketKey? KeyWithId(ReadOnlySpan<TicketKey> keys, byte id)
    {
        foreach (TicketKey key in keys)
            if (key.KeyId == id) return key;
        return null;
    }
}
