namespace Scheduler.State.Rtts;

/// <summary>How round-trip times are learnt from players.</summary>
/// <param name="ApartS">Least time between two samples of one session, or of one network about one pair, s; over 0. Default 60.</param>
/// <param name="LeastSamples">Samples before a pair's median counts, in [1, <see cref="LearntRtt.MostFirst"/>]. Default 5.</param>
/// <param name="MostStep">
/// Most that one sample may pull, as a difference of natural logarithms; over 0. Default 0.35: one that tells a thousandfold counts as one that tells 1.4 times.
/// </param>
/// <param name="Gain">Share of the way that the estimate goes with each sample, in (0, 1]. Default 1/16.</param>
/// <param name="RecompileMs">Time between two recompilations of rows, ms. Default 10,000.</param>
/// <param name="MostCells">Rows recompiled at once. Default 512.</param>
/// <param name="ChangedShare">A learnt time is compiled in anew when it differs from what is compiled by this share. Default 0.1.</param>
/// <param name="HalfLifeMs">After so long without samples the trust in a learnt time begins to halve, each time in as long, ms. Default 6 h.</param>
/// <param name="MaxPairs">Pairs of cell and site that are remembered; samples of others are dropped while it is full. Default 65,536.</param>
/// <param name="QueueLength">Samples that wait for a tick, rounded up to a power of two; more are dropped. Default 8,192.</param>
public sealed record RttRules(
    int ApartS, int LeastSamples, double MostStep, double Gain, long RecompileMs, int MostCells, double ChangedShare, long HalfLifeMs, int MaxPairs,
    int QueueLength)
{
    /// <summary>Shortest time that is believed, ms: under it a player measured nothing.</summary>
    public const double LeastMs = 0.1;

    /// <summary>Longest time that is believed, ms: over it he measured his own trouble.</summary>
    public const double MostMs = 2_000;

    /// <summary>The defaults named above.</summary>
    public static RttRules Default { get; } = new(60, 5, 0.35, 1.0 / 16, 10_000, 512, 0.1, 6 * 3_600_000, 65_536, 8_192);
}
