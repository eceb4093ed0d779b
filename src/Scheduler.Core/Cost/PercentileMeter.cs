namespace Scheduler.Core.Cost;

/// <summary>
/// The 95th percentile of a month of samples as carriers bill it: the <c>ceil(0.95 n)</c>-th of n in ascending order, so that the dearest twentieth is free. It keeps
/// the greatest samples only, as many as a full month can need: 3.5 KiB for 31 days of five-minute samples.
/// </summary>
public sealed class PercentileMeter
{
    /// <summary>Five-minute samples of the longest month.</summary>
    public const int LongestMonth = 31 * 24 * 12;

    private readonly double[] _greatest; // ascending, the last _kept are filled
    private int _kept;

    /// <summary>A meter without samples.</summary>
    /// <param name="mostSamples">Samples there can be, at least 1; by default those of the longest month.</param>
    public PercentileMeter(int mostSamples = LongestMonth)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(mostSamples, 1);
        _greatest = new double[FreeOf(mostSamples) + 1];
    }

    /// <summary>Samples taken in.</summary>
    public int Count { get; private set; }

    /// <summary>The level that is billed for the samples so far, in their unit; null without any.</summary>
    public double? Level => Count == 0 ? null : _greatest[^Math.Min(FreeOf(Count) + 1, _greatest.Length)];

    /// <summary>Takes a sample in; O(1) for most of them, 447 moves at the most.</summary>
    /// <param name="sample">The sample; at least 0.</param>
    public void Add(double sample)
    {
        Count++;
        if (_kept == _greatest.Length && sample <= _greatest[0]) return;
        // It takes the place of the least that is kept, or of an empty one, and moves up to where it belongs.
        int place = _kept < _greatest.Length ? _greatest.Length - ++_kept : 0;
        for (; place + 1 < _greatest.Length && _greatest[place + 1] < sample; place++) _greatest[place] = _greatest[place + 1];
        _greatest[place] = sample;
    }

    /// <summary>Begins a new month.</summary>
    public void Clear() => (Count, _kept) = (0, 0);

    /// <summary>How many of so many samples may be higher than the level: <c>n - ceil(0.95 n)</c>, in whole numbers.</summary>
    private static int FreeOf(int samples) => samples / 20;
}
