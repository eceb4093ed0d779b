using System.Runtime.Intrinsics;

namespace Scheduler.Core.Dispatch;

/// <summary>
/// Finds the least of a few floats. Each bears its place in its last seven bits (<see cref="At(float, int)"/>), so that the least of them tells where it stands: to look
/// for it again would take a branch that no processor foresees. What the bits change is a 65,000th of a value.
/// </summary>
internal static class LeastFloat
{
    /// <summary>Most values that can be told apart.</summary>
    public const int MostPlaces = 128;

    private const int PlaceBits = MostPlaces - 1;

    /// <summary>A value that bears its place.</summary>
    /// <param name="value">At least 0: such floats are in the order of their bits.</param>
    /// <param name="place">In [0, <see cref="MostPlaces"/>).</param>
    public static float At(float value, int place) => BitConverter.Int32BitsToSingle(BitsAt(value, place));

    /// <summary>The bits of <see cref="At(float, int)"/>, which are in the order of the values.</summary>
    public static int BitsAt(float value, int place) => (BitConverter.SingleToInt32Bits(value) & ~PlaceBits) | place;

    /// <summary>The place that bits bear.</summary>
    public static int PlaceOf(int bits) => bits & PlaceBits;

    /// <summary>Eight values that bear their places.</summary>
    /// <param name="values">At least 0.</param>
    /// <param name="first">Place of the first; at most <see cref="MostPlaces"/> less 8.</param>
    public static Vector256<float> At(Vector256<float> values, int first) =>
        ((values.AsInt32() & Vector256.Create(~PlaceBits)) | (Vector256<int>.Indices + Vector256.Create(first))).AsSingle();

    /// <summary>Place of the least value; the first of equals; -1 only for an empty span.</summary>
    /// <param name="placed">Values that bear their places.</param>
    public static int PlaceOfLeast(ReadOnlySpan<float> placed)
    {
        if (!Vector256.IsHardwareAccelerated || placed.Length < Vector256<float>.Count) return ScalarPlaceOfLeast(placed);
        Vector256<int> least = Vector256.Create(placed).AsInt32();
        int last = placed.Length - Vector256<float>.Count; // the last vector overlaps the one before it when the length is no multiple
        for (int i = Vector256<float>.Count; i < last; i += Vector256<float>.Count) least = Vector256.Min(least, Vector256.Create(placed[i..]).AsInt32());
        least = Vector256.Min(least, Vector256.Create(placed[last..]).AsInt32());
        Vector128<int> half = Vector128.Min(least.GetLower(), least.GetUpper());
        half = Vector128.Min(half, Vector128.Shuffle(half, Vector128.Create(2, 3, 0, 1)));
        half = Vector128.Min(half, Vector128.Shuffle(half, Vector128.Create(1, 0, 3, 2)));
        return PlaceOf(half.ToScalar());
    }

    /// <summary>A bit for each value that is less than a bound.</summary>
    /// <param name="values">At most 32.</param>
    /// <param name="bound">The bound.</param>
    public static uint WhereBelow(ReadOnlySpan<float> values, float bound)
    {
        uint below = 0;
        int i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            Vector256<float> bounds = Vector256.Create(bound);
            for (; i + Vector256<float>.Count <= values.Length; i += Vector256<float>.Count)
                below |= Vector256.LessThan(Vector256.Create(values[i..]), bounds).ExtractMostSignificantBits() << i;
        }
        for (; i < values.Length; i++) below |= values[i] < bound ? 1u << i : 0;
        return below;
    }

    /// <summary>Index of the greatest value; -1 only for an empty span.</summary>
    public static int IndexOfGreatest(ReadOnlySpan<float> values)
    {
        int greatest = values.IsEmpty ? -1 : 0;
        for (int i = 1; i < values.Length; i++)
            if (values[i] > values[greatest]) greatest = i;
        return greatest;
    }

    private static int ScalarPlaceOfLeast(ReadOnlySpan<float> placed)
    {
        if (placed.IsEmpty) return -1;
        int least = int.MaxValue;
        foreach (float value in placed) least = Math.Min(least, BitConverter.SingleToInt32Bits(value));
        return PlaceOf(least);
    }
}
