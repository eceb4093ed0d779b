using System.Numerics;
using System.Runtime.Intrinsics;

namespace Scheduler.Core.Dispatch;

/// <summary>Finds the least of a few floats without a branch for each.</summary>
internal static class LeastFloat
{
    /// <summary>Index of the least value; the first of equals; -1 only for an empty span. No value may be NaN.</summary>
    public static int IndexOf(ReadOnlySpan<float> values)
    {
        if (!Vector256.IsHardwareAccelerated || values.Length < Vector256<float>.Count) return ScalarIndexOf(values);
        Vector256<float> least = Vector256.Create(values);
        int last = values.Length - Vector256<float>.Count; // the last vector overlaps the one before it when the length is no multiple
        for (int i = Vector256<float>.Count; i < last; i += Vector256<float>.Count) least = Vector256.Min(least, Vector256.Create(values[i..]));
        least = Vector256.Min(least, Vector256.Create(values[last..]));
        Vector128<float> half = Vector128.Min(least.GetLower(), least.GetUpper());
        half = Vector128.Min(half, Vector128.Shuffle(half, Vector128.Create(2, 3, 0, 1)));
        half = Vector128.Min(half, Vector128.Shuffle(half, Vector128.Create(1, 0, 3, 2)));
        Vector256<float> wanted = Vector256.Create(half.ToScalar());
        for (int i = 0; i < last; i += Vector256<float>.Count)
        {
            uint equal = Vector256.Equals(Vector256.Create(values[i..]), wanted).ExtractMostSignificantBits();
            if (equal != 0) return i + BitOperations.TrailingZeroCount(equal);
        }
        return last + BitOperations.TrailingZeroCount(Vector256.Equals(Vector256.Create(values[last..]), wanted).ExtractMostSignificantBits());
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

    private static int ScalarIndexOf(ReadOnlySpan<float> values)
    {
        int least = values.IsEmpty ? -1 : 0;
        for (int i = 1; i < values.Length; i++)
            if (values[i] < values[least]) least = i;
        return least;
    }
}
