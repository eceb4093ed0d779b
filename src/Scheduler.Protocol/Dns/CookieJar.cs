using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using Scheduler.Core.Geo;

namespace Scheduler.Protocol.Dns;

/// <summary>
/// Makes and checks server cookies that every server with the same secret understands (RFC 9018): a version, a time, and a SipHash of both, the client's cookie and its address. Immutable.
/// </summary>
public sealed class CookieJar
{
    /// <summary>Length of a client's cookie, bytes.</summary>
    public const int ClientLength = 8;

    /// <summary>Length of a server's cookie, bytes.</summary>
    public const int ServerLength = 16;

    /// <summary>Length of a secret, bytes.</summary>
    public const int SecretLength = SipHash.KeyLength;

    private const int LongestAgeS = 3_600;
    private const int RenewAfterS = 1_800;
    private const int MostAheadS = 300;

    private readonly ImmutableArray<byte[]> _secrets;

    /// <summary>Makes cookies under the first secret and takes those of all.</summary>
    /// <param name="secrets">At least one; each of <see cref="SecretLength"/> bytes.</param>
    /// <exception cref="ArgumentException">There is none, or one has another length.</exception>
    public CookieJar(ImmutableArray<byte[]> secrets)
    {
        if (secrets.IsDefaultOrEmpty || secrets.Any(secret => secret.Length != SecretLength)) throw new ArgumentException($"secrets have {SecretLength} bytes", nameof(secrets));
        _secrets = secrets;
    }

    /// <summary>Whether a server's cookie was made here for this client and holds, and whether it should be renewed.</summary>
    /// <param name="cookie">The value of the option.</param>
    /// <param name="client">The address it came from.</param>
    /// <param name="nowS">Now, s since 1970.</param>
    /// <param name="renew">True when the client should get a new one: its own is getting old, or was made under an older secret.</param>
    public bool Holds(ReadOnlySpan<byte> cookie, IpKey client, long nowS, out bool renew)
    {
        renew = true;
        if (cookie.Length != ClientLength + ServerLength || cookie[ClientLength] != 1) return false;
        // Times are compared as serial numbers (RFC 1982): they go round in 2106.
        int age = (int)((uint)nowS - BinaryPrimitives.ReadUInt32BigEndian(cookie[(ClientLength + 4)..]));
        if (age is > LongestAgeS or < -MostAheadS) return false;
        Span<byte> expected = stackalloc byte[8];
        for (int i = 0; i < _secrets.Length; i++)
        {
            Hash(_secrets[i], cookie[..(ClientLength + 8)], client, expected);
            if (!CryptographicOperations.FixedTimeEquals(expected, cookie[(ClientLength + 8)..])) continue;
            renew = i > 0 || age > RenewAfterS;
            return true;
        }
        return false;
    }

    /// <summary>Makes a cookie.</summary>
    /// <param name="clientCookie">The client's 8 bytes.</param>
    /// <param name="client">The address it came from.</param>
    /// <param name="nowS">Now, s since 1970.</param>
    /// <param name="value">Output: the value of the option, the client's cookie and the server's.</param>
    public void Make(ReadOnlySpan<byte> clientCookie, IpKey client, long nowS, Span<byte> value)
    {
        clientCookie[..ClientLength].CopyTo(value);
        value[ClientLength] = 1;
        value.Slice(ClientLength + 1, 3).Clear();
        BinaryPrimitives.WriteUInt32BigEndian(value[(ClientLength + 4)..], (uint)nowS);
        Hash(_secrets[0], value[..(ClientLength + 8)], client, value[(ClientLength + 8)..]);
    }

    private static void Hash(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> start, IpKey client, Span<byte> hash)
    {
        Span<byte> input = stackalloc byte[ClientLength + 8 + 16];
        start.CopyTo(input);
        int length = start.Length;
        if (client.IsV4)
        {
            BinaryPrimitives.WriteUInt32BigEndian(input[length..], client.V4);
            length += 4;
        }
        else
        {
            BinaryPrimitives.WriteUInt64BigEndian(input[length..], client.High);
            BinaryPrimitives.WriteUInt64BigEndian(input[(length + 8)..], client.Low);
            length += 16;
        }
        BinaryPrimitives.WriteUInt64LittleEndian(hash, SipHash.Hash(secret, input[..length]));
    }
}
