using System.Runtime.Intrinsics;

namespace Scheduler.Core.Dispatch;

/// <summary>
/// Weighted rendezvous hashing: the key of a stream and a node is <c>-log2(h) / weight</c> of a hash h, uniform in (0, 1); the node with the
/// least key wins, in proportion to its weight. The logarithm is read off the exponent and mantissa of the float: piecewise linear, monotone, so
/// that equal weights are exact, and within 0.09. One node at a time and eight at a time give the same bits on every machine.
/// </summary>
internal static class RendezvousHash
{
    private const uint M1 = 0x9E3779B1u;
    private const uint M2 = 0x85EBCA6Bu;
    private const uint M3 = 0xC2B2AE35u;
    private const float OneInExponent = 1f / (1 << 23);
    private const float Top = 127 + 31; // exponent of 2^31, the bound of the 31 bits that are used

    /// <summary>The stream's side of the hash.</summary>
    public static uint Fold(ulong stream) => (uint)(stream ^ (stream >> 32));

    /// <summary>The key of one node.</summary>
    /// <param name="stream">From <see cref="Fold"/>.</param>
    /// <param name="seed">The node's side.</param>
    /// <param name="inverseWeight">One over its weight.</param>
    public static float Key(uint stream, uint seed, float inverseWeight)
    {
        uint h = (stream ^ seed) * M1;
        h = (h ^ (h >> 16)) * M2;
        h = (h ^ (h >> 13)) * M3;
        float uniform = (int)((h ^ (h >> 16)) >> 1 | 1);
        return (Top - (BitConverter.SingleToInt32Bits(uniform) * OneInExponent)) * inverseWeight;
    }

    /// <summary>The keys of many nodes, each bearing its place (<see cref="LeastFloat"/>).</summary>
    /// <param name="stream">From <see cref="Fold"/>.</param>
    /// <param name="seeds">The nodes' side, whole blocks.</param>
    /// <param name="inverseWeights">One over each weight; as long as <paramref name="seeds"/>.</param>
    /// <param name="count">Nodes there are, at most <see cref="LeastFloat.MostPlaces"/>; what <paramref name="seeds"/> holds beyond them is passed over.</param>
    /// <param name="keys">Output; at least as long as <paramref name="seeds"/>.</param>
    /// <returns>Bits of the least key; <see cref="LeastFloat.None"/> when there are no nodes.</returns>
    public static int Keys(uint stream, ReadOnlySpan<uint> seeds, ReadOnlySpan<float> inverseWeights, int count, Span<float> keys)
    {
        if (!Vector256.IsHardwareAccelerated) return ScalarKeys(stream, seeds, inverseWeights, count, keys);
        Vector256<int> least = Vector256.Create(LeastFloat.None);
        for (int i = 0; i + LeastFloat.Block <= seeds.Length; i += LeastFloat.Block)
        {
            Vector256<float> eight = KeysOfEight(stream, Vector256.Create(seeds[i..]), Vector256.Create(inverseWeights[i..]));
            Vector256<int> bits = LeastFloat.BitsAt(eight, i, count);
            bits.AsSingle().CopyTo(keys[i..]);
            least = Vector256.Min(least, bits);
        }
        return LeastFloat.Least(least);
    }

    private static int ScalarKeys(uint stream, ReadOnlySpan<uint> seeds, ReadOnlySpan<float> inverseWeights, int count, Span<float> keys)
    {
        int least = LeastFloat.None;
        for (int i = 0; i < seeds.Length; i++)
        {
            int bits = i < count ? LeastFloat.BitsAt(Key(stream, seeds[i], inverseWeights[i]), i) : BitConverter.SingleToInt32Bits(LeastFloat.Filler);
            keys[i] = BitConverter.Int32BitsToSingle(bits);
            least = Math.Min(least, bits);
        }
        return least;
    }

    private static Vector256<float> KeysOfEight(uint stream, Vector256<uint> seeds, Vector256<float> inverseWeights)
    {
        Vector256<uint> h = (seeds ^ Vector256.Create(stream)) * M1;
        h = (h ^ Vector256.ShiftRightLogical(h, 16)) * M2;
        h = (h ^ Vector256.ShiftRightLogical(h, 13)) * M3;
        Vector256<int> uniform = (Vector256.ShiftRightLogical(h ^ Vector256.ShiftRightLogical(h, 16), 1) | Vector256<uint>.One).AsInt32();
        Vector256<float> bits = Vector256.ConvertToSingle(Vector256.ConvertToSingle(uniform).AsInt32());
        return (Vector256.Create(Top) - (bits * OneInExponent)) * inverseWeights;
    }
}
