using System.Buffers.Binary;
using System.Buffers.Text;
using Scheduler.Core.Topology;

namespace Scheduler.Core.Sessions;

/// <summary>
/// The token of a session: its claims and the name of its stream under a MAC, as base64url. For the scheduler alone; it is signed, not
/// secret. The name travels with it because a failover must build playing addresses, at whichever replica it lands.
/// </summary>
/// <remarks>
/// Base64url without padding (RFC 4648, section 5) of, in big-endian order: version 1 (1 byte), key id (1), session (8), handle (8), cell
/// (4), node (4), bit rate in kbit/s (4), expiry in Unix s (4), replica (1), kind (1), protocols (1), length n of the name (1), name (n),
/// zero bytes up to a multiple of three for the whole, and AES-128-CMAC of all before it (16). A whole number of groups leaves base64 no
/// spare bits, so one token has one spelling.
/// </remarks>
public static class SessionToken
{
    /// <summary>Longest token, characters: that of a stream name of <see cref="StreamName.MaxLength"/>.</summary>
    public const int MaxLength = MaxBytes / 3 * 4;

    /// <summary>Shortest token, characters.</summary>
    public const int MinLength = MinBytes / 3 * 4;

    private const byte Version = 1;
    private const int HeaderBytes = 38;
    private const int MinBytes = (HeaderBytes + 1 + AesCmac.MacLength + 2) / 3 * 3;
    private const int MaxBytes = (HeaderBytes + StreamName.MaxLength + AesCmac.MacLength + 2) / 3 * 3;

    /// <summary>Writes a token under the ring's current key.</summary>
    /// <param name="claims">What it says.</param>
    /// <param name="stream">Name of the stream, of which <see cref="SessionClaims.Stream"/> is the hash.</param>
    /// <param name="keys">The keys.</param>
    /// <param name="utf8">Where to; at least <see cref="MaxLength"/> bytes always suffice.</param>
    /// <returns>Bytes written, all of <c>[A-Za-z0-9_-]</c>.</returns>
    /// <exception cref="ArgumentException">
    /// The name is too long or empty, its hash is not that of the claims, or the space is too small.
    /// </exception>
    public static int Write(in SessionClaims claims, ReadOnlySpan<byte> stream, TokenKeyRing keys, Span<byte> utf8)
    {
        if (stream.Length is 0 or > StreamName.MaxLength || StreamName.Hash(stream) != claims.Stream)
            throw new ArgumentException("Not the stream of the claims.", nameof(stream));

        Span<byte> bytes = stackalloc byte[MaxBytes];
        bytes[0] = Version;
        bytes[1] = keys.CurrentKeyId;
        BinaryPrimitives.WriteUInt64BigEndian(bytes[2..], claims.Session);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[10..], claims.Handle);
        BinaryPrimitives.WriteInt32BigEndian(bytes[18..], claims.Cell);
        BinaryPrimitives.WriteInt32BigEndian(bytes[22..], claims.Node);
        BinaryPrimitives.WriteInt32BigEndian(bytes[26..], claims.BitRateKbps);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[30..], claims.ExpiresAtUnixS);
        bytes[34] = claims.Replica;
        bytes[35] = (byte)claims.Kind;
        bytes[36] = (byte)claims.Protocol;
        bytes[37] = (byte)stream.Length;
        stream.CopyTo(bytes[HeaderBytes..]);

        int length = BytesFor(stream.Length);
        int signed = length - AesCmac.MacLength;
        keys.TokenKey(keys.CurrentKeyId)!.Compute(bytes[..signed], bytes[signed..]);
        return Base64Url.EncodeToUtf8(bytes[..length], utf8);
    }

    /// <summary>Reads a token without the name of its stream.</summary>
    /// <inheritdoc cref="Read(ReadOnlySpan{byte}, TokenKeyRing, uint, Span{byte}, out SessionClaims, out int)"/>
    public static TokenVerdict Read(ReadOnlySpan<byte> utf8, TokenKeyRing keys, uint nowUnixS, out SessionClaims claims)
    {
        Span<byte> stream = stackalloc byte[StreamName.MaxLength];
        return Read(utf8, keys, nowUnixS, stream, out claims, out _);
    }

    /// <summary>Reads a token.</summary>
    /// <param name="utf8">The token as it came.</param>
    /// <param name="keys">The keys; any that is listed will do.</param>
    /// <param name="nowUnixS">The time, Unix s.</param>
    /// <param name="stream">Takes the name of the stream; at least <see cref="StreamName.MaxLength"/> bytes.</param>
    /// <param name="claims">What it says, when the verdict is <see cref="TokenVerdict.Valid"/> or
    /// <see cref="TokenVerdict.Expired"/>.</param>
    /// <param name="streamLength">Length of the name, under the same condition.</param>
    public static TokenVerdict Read(
        ReadOnlySpan<byte> utf8, TokenKeyRing keys, uint nowUnixS, Span<byte> stream, out SessionClaims claims, out int streamLength)
    {
        claims = default;
        streamLength = 0;
        if (utf8.Length is < MinLength or > MaxLength || utf8.Length % 4 != 0) return TokenVerdict.Malformed;

        int length = utf8.Length / 4 * 3;
        Span<byte> bytes = stackalloc byte[MaxBytes];
        bytes = bytes[..length];
        if (!ExactBase64Url.TryDecode(utf8, bytes)) return TokenVerdict.Malformed;
        int nameLength = bytes[37];
        if (bytes[0] != Version || nameLength is 0 or > StreamName.MaxLength || BytesFor(nameLength) != length)
            return TokenVerdict.Malformed;
        if (keys.TokenKey(bytes[1]) is not { } key) return TokenVerdict.UnknownKey;

        int signed = length - AesCmac.MacLength;
        if (!key.Verify(bytes[..signed], bytes[signed..])) return TokenVerdict.Forged;

        ReadOnlySpan<byte> name = bytes.Slice(HeaderBytes, nameLength);
        name.CopyTo(stream);
        streamLength = nameLength;
        claims = new SessionClaims(
            BinaryPrimitives.ReadUInt64BigEndian(bytes[2..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[10..]),
            BinaryPrimitives.ReadInt32BigEndian(bytes[18..]),
            BinaryPrimitives.ReadInt32BigEndian(bytes[22..]),
            StreamName.Hash(name),
            BinaryPrimitives.ReadInt32BigEndian(bytes[26..]),
            bytes[34],
            (SessionKind)bytes[35],
            (StreamProtocols)bytes[36],
            BinaryPrimitives.ReadUInt32BigEndian(bytes[30..]));
        return nowUnixS < claims.ExpiresAtUnixS ? TokenVerdict.Valid : TokenVerdict.Expired;
    }

    private static int BytesFor(int nameLength) => (HeaderBytes + nameLength + AesCmac.MacLength + 2) / 3 * 3;
}
