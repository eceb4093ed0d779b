using System.Diagnostics;

namespace Scheduler.Cli.Bench;

/// <summary>Times a piece of code on one thread.</summary>
/// <remarks>
/// Warm-up ends when the code is compiled as it will stay: tiered compilation re-compiles after 30 calls and a pause, with what it saw, so the work
/// runs for at least <see cref="WarmUp"/> and until two slices in a row differ by under 3 %. Then <see cref="Rounds"/> rounds of about
/// <see cref="RoundLength"/> each; the figure is their median, which a neighbour's burst on the same machine does not move.
/// </remarks>
public static class Measurement
{
    /// <summary>Shortest warm-up.</summary>
    public static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(600);

    /// <summary>Longest warm-up, for code that never settles.</summary>
    public static readonly TimeSpan LongestWarmUp = TimeSpan.FromSeconds(4);

    /// <summary>Length of a round.</summary>
    public static readonly TimeSpan RoundLength = TimeSpan.FromMilliseconds(150);

    /// <summary>Number of rounds.</summary>
    public const int Rounds = 11;

    /// <summary>Times code that does many operations a call.</summary>
    /// <param name="name">Name of the case.</param>
    /// <param name="operationsPerCall">Operations in one call; at least 1. Enough of them hide the cost of the call itself.</param>
    /// <param name="work">The code. What it returns is kept, so that the compiler cannot drop the work as unused.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="operationsPerCall"/> is under 1.</exception>
    public static BenchResult Of(string name, int operationsPerCall, Func<long> work)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(operationsPerCall, 1);
        ArgumentNullException.ThrowIfNull(work);
        double perCall = WarmUpOf(work);
        int calls = Math.Max(1, (int)(RoundLength.TotalSeconds / perCall));
        long kept = 0;
        Span<double> rounds = stackalloc double[Rounds];
        GC.Collect();
        long bytesBefore = GC.GetAllocatedBytesForCurrentThread();
        for (int r = 0; r < Rounds; r++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < calls; i++) kept += work();
            rounds[r] = Stopwatch.GetElapsedTime(start).TotalNanoseconds / ((double)calls * operationsPerCall);
        }
        long bytes = GC.GetAllocatedBytesForCurrentThread() - bytesBefore;
        GC.KeepAlive(kept);
        rounds.Sort();
        double median = rounds[Rounds / 2];
        return new BenchResult(name, median, 1e9 / median, (double)bytes / ((double)calls * operationsPerCall * Rounds)) { BestNsPerOp = rounds[0] };
    }

    private static double WarmUpOf(Func<long> work)
    {
        const double Slice = 0.1, Settled = 0.03;
        long start = Stopwatch.GetTimestamp(), kept = 0;
        double before = double.PositiveInfinity;
        while (true)
        {
            long sliceStart = Stopwatch.GetTimestamp();
            int calls = 0;
            TimeSpan slice;
            do
            {
                kept += work();
                calls++;
                slice = Stopwatch.GetElapsedTime(sliceStart);
            }
            while (slice.TotalSeconds < Slice);
            GC.KeepAlive(kept);
            double perCall = slice.TotalSeconds / calls;
            TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
            if (elapsed >= LongestWarmUp || (elapsed >= WarmUp && Math.Abs(perCall - before) < Settled * before)) return perCall;
            before = perCall;
            Thread.Sleep(1); // lets the compiler's own thread in on a busy machine
        }
    }
}
