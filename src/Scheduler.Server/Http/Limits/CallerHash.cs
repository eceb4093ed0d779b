using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Scheduler.Core.Geo;

namespace Scheduler.Server.Http.Limits;

/// <summary>
/// Hashes callers under a secret that this process alone has and forgets when it ends: no caller can choose whom it collides with, and no address can be
/// read from what is kept.
/// </summary>
internal sealed class CallerHash
{
    private const ulong Odd = 0x9E37_79B9_7F4A_7C15; // 2^64 / golden ratio: bits without a pattern
    private readonly ulong _high;
    private readonly ulong _low;

    /// <summary>A hash under a new random secret.</summary>
    public CallerHash()
    {
        Span<byte> secret = stackalloc byte[16];
        RandomNumberGenerator.Fill(secret);
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(secret);
        (_high, _low) = (words[0], words[1] | 1);
    }

    /// <summary>The hash of the network that an address is in.</summary>
    /// <param name="address">The address.</param>
    /// <param name="prefixV4">Bits of an IPv4 network, 8 to 32.</param>
    /// <param name="prefixV6">Bits of an IPv6 network, 16 to 64.</param>
    public ulong Of(IpKey address, int prefixV4, int prefixV6) => address.IsV4
        ? Mix(0, address.V4 >> (32 - prefixV4))
        : Mix(address.High >> (64 - prefixV6), Odd);

    /// <summary>The hash of a key's id.</summary>
    public ulong Of(string id)
    {
        ulong hash = Odd;
        foreach (char c in id) hash = Mix(hash, c);
        return hash;
    }

    /// <summary>Folds the product of both halves, twice: every bit of the input moves every bit of the result.</summary>
    private ulong Mix(ulong high, ulong low) => Fold(Fold(high ^ _high, low ^ _low) ^ _high, _low);

    private static ulong Fold(ulong a, ulong b)
    {
        ulong high = Math.BigMul(a, b, out ulong low);
        return high ^ low;
    }
}
