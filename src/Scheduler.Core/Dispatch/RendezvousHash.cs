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

    /// <summary>The keys of many nodes, at most <see cref="LeastFloat.MostPlaces"/>, each bearing its place.</summary>
    /// <param name="stream">From <see cref="Fold"/>.</param>
    /// <param name="seeds">The nodes' side.</param>
    /// <param name="inverseWeights">One over each weight; as long as <paramref name="seeds"/>.</param>
    /// <param name="keys">Output; as long as <paramref name="seeds"/>.</param>
    public static void Keys(uint stream, ReadOnlySpan<uint> seeds, ReadOnlySpan<float> inverseWeights, Span<float> keys)
    {
        int i = 0;
        if (Vector256.IsHardwareAccelerated && seeds.Length >= Vector256<uint>.Count)
        {
            int last = seeds.Length - Vector256<uint>.Count;
            for (; i < last; i += Vector256<uint>.Count) KeysOfEight(stream, seeds, inverseWeights, keys, i);
            KeysOfEight(stream, seeds, inverseWeights, keys, last); // overlaps the one before when the length is no multiple
            return;
        }
        for (; i < seeds.Length; i++) keys[i] = LeastFloat.At(Key(stream, seeds[i], inverseWeights[i]), i);
    }

    private static void KeysOfEight(uint stream, ReadOnlySpan<uint> seeds, ReadOnlySpan<float> inverseWeights, Span<float> keys, int first)
    {
        Vector256<uint> h = (Vector256.Create(seeds[first..]) ^ Vector256.Create(stream)) * M1;
        h = (h ^ Vector256.ShiftRightLogical(h, 16)) * M2;
        h = (h ^ Vector256.ShiftRightLogical(h, 13)) * M3;
        Vector256<int> uniform = (Vector256.ShiftRightLogical(h ^ Vector256.ShiftRightLogical(h, 16), 1) | Vector256<uint>.One).AsInt32();
        Vector256<float> bits = Vector256.ConvertToSingle(Vector256.ConvertToSingle(uniform).AsInt32());
        LeastFloat.At((Vector256.Create(Top) - (bits * OneInExponent)) * Vector256.Create(inverseWeights[first..]), first).CopyTo(keys[first..]);
    }
}
