using System.Numerics;

namespace Scheduler.Core.Geo;

/// <summary>
/// The longest match among prefixes that may lie inside each other, for one family, as a step function: the value changes only where a
/// prefix begins or ends, so one binary search finds it. Value 0 is "no prefix".
/// </summary>
/// <typeparam name="T">An unsigned number of the family's width.</typeparam>
internal sealed class StepTable<T>
    where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
{
    private readonly T[] _starts;
    private readonly int[] _values;

    /// <param name="prefixes">Distinct blocks: first and last address, and a value over 0.</param>
    public StepTable(IEnumerable<(T First, T Last, int Value)> prefixes)
    {
        (T First, T Last, int Value)[] ordered = [.. prefixes];
        // An outer block before the inner ones that begin with it.
        Array.Sort(ordered, (a, b) => a.First != b.First ? a.First.CompareTo(b.First) : b.Last.CompareTo(a.Last));
        var steps = new List<(T Start, int Value)> { (T.Zero, 0) };
        var open = new Stack<(T Last, int Value)>();
        foreach ((T first, T last, int value) in ordered)
        {
            while (open.TryPeek(out var outer) && outer.Last < first) CloseOne();
            Step(first, value);
            open.Push((last, value));
        }
        while (open.Count > 0) CloseOne();
        _starts = [.. steps.Select(s => s.Start)];
        _values = [.. steps.Select(s => s.Value)];

        void CloseOne()
        {
            T last = open.Pop().Last;
            if (last != T.MaxValue) Step(last + T.One, open.TryPeek(out var outer) ? outer.Value : 0);
        }

        void Step(T start, int value)
        {
            if (steps[^1].Start == start) steps.RemoveAt(steps.Count - 1);
            if (steps.Count == 0 || steps[^1].Value != value) steps.Add((start, value));
        }
    }

    /// <summary>The value at an address.</summary>
    /// <param name="address">The address.</param>
    /// <param name="prefixLength">Length of the largest block around it with this value.</param>
    public int Find(T address, out int prefixLength)
    {
        int at = 0;
        for (int left = _starts.Length; left > 1;)
        {
            int half = left >> 1;
            if (_starts[at + half] <= address) at += half;
            left -= half;
        }
        // One bit more than is shared with the nearest address on either side that has another value.
        int before = _starts[at] == T.Zero ? 0 : SharedBits(address, _starts[at] - T.One) + 1;
        int after = at + 1 == _starts.Length ? 0 : SharedBits(address, _starts[at + 1]) + 1;
        prefixLength = Math.Max(before, after);
        return _values[at];
    }

    private static int SharedBits(T a, T b) => int.CreateTruncating(T.LeadingZeroCount(a ^ b));
}
