using System.Runtime.Intrinsics;

namespace Scheduler.Core.Dispatch;

/// <summary>
/// Finds the least of a few floats, and the next, and the next. Each bears its place in its last seven bits, so that the value tells where it stands: to look for
/// it again would take a branch that no processor foresees. And no two are equal, so that the next is the least above the last: what was given out need not
/// be crossed out, which a wide read just after would have to wait for. What the bits change is a 65,000th of a value.
/// </summary>
internal static class LeastFloat
{
    /// <summary>Most values that can be told apart.</summary>
    public const int MostPlaces = 128;

    /// <summary>Greater than every value that there can be.</summary>
    public const int None = int.MaxValue;

    /// <summary>Values are read so many at a time: what holds them is a multiple of it long, filled up with <see cref="Filler"/>.</summary>
    public const int Block = 8;

    /// <summary>What stands where there is no value; its bits are above those of all values.</summary>
    public const float Filler = float.MaxValue;

    private const int PlaceBits = MostPlaces - 1;

    /// <summary>A length, filled up to whole blocks.</summary>
    public static int Padded(int length) => (length + Block - 1) & -Block;

    /// <summary>The bits of a value that bears its place: in the order of the values.</summary>
    /// <param name="value">At least 0: such floats are in the order of their bits.</param>
    /// <param name="place">In [0, <see cref="MostPlaces"/>).</param>
    public static int BitsAt(float value, int place) => (BitConverter.SingleToInt32Bits(value) & ~PlaceBits) | place;

    /// <summary>The place that bits bear.</summary>
    public static int PlaceOf(int bits) => bits & PlaceBits;

    /// <summary>Eight values that bear their places.</summary>
    /// <param name="values">At least 0.</param>
    /// <param name="first">Place of the first.</param>
    /// <param name="count">Values that there are in all; beyond them stands <see cref="Filler"/>.</param>
    public static Vector256<int> BitsAt(Vector256<float> values, int first, int count)
    {
        Vector256<int> places = Vector256<int>.Indices + Vector256.Create(first);
        Vector256<int> bits = (values.AsInt32() & Vector256.Create(~PlaceBits)) | places;
        return Vector256.ConditionalSelect(Vector256.LessThan(places, Vector256.Create(count)), bits, Vector256.Create(BitConverter.SingleToInt32Bits(Filler)));
    }

    /// <summary>Bits of the least value above another.</summary>
    /// <param name="placed">Values that bear their places, whole blocks.</param>
    /// <param name="after">Bits of that other; below 0 for the least of all.</param>
    /// <returns><see cref="None"/> when there is none.</returns>
    public static int LeastAbove(ReadOnlySpan<float> placed, int after)
    {
        if (!Vector256.IsHardwareAccelerated) return ScalarLeastAbove(placed, after);
        Vector256<int> bound = Vector256.Create(after), none = Vector256.Create(None), least = none;
        for (; placed.Length >= Block; placed = placed[Block..])
        {
            Vector256<int> bits = Vector256.Create(placed).AsInt32();
            least = Vector256.Min(least, Vector256.ConditionalSelect(Vector256.GreaterThan(bits, bound), bits, none));
        }
        return Least(least);
    }

    /// <summary>The least of eight.</summary>
    public static int Least(Vector256<int> values)
    {
        Vector128<int> half = Vector128.Min(values.GetLower(), values.GetUpper());
        half = Vector128.Min(half, Vector128.Shuffle(half, Vector128.Create(2, 3, 0, 1)));
        half = Vector128.Min(half, Vector128.Shuffle(half, Vector128.Create(1, 0, 3, 2)));
        return half.ToScalar();
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
            for (; i + Block <= values.Length; i += Block)
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

    private static int ScalarLeastAbove(ReadOnlySpan<float> placed, int after)
    {
        int least = None;
        foreach (float value in placed)
        {
            int bits = BitConverter.SingleToInt32Bits(value);
            if (bits > after) least = Math.Min(least, bits);
        }
        return least;
    }
}
