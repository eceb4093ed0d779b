using Scheduler.Core.Dispatch;

namespace Scheduler.Core.Upstreams;

/// <summary>
/// The order in which the streams that are pulled from a draining IDC get other parents: the hottest first, all children of a stream together, so that it is
/// pulled twice for as short as can be. A stream's turn is the share of all pulled bits that goes before it. Immutable.
/// </summary>
public sealed class ReparentPace
{
    /// <summary>The share that may have left grows once in so long, seconds: as a drain's ramp does.</summary>
    public const int StepS = 5;

    /// <summary>How long before its turn a stream is pulled by its new parent, seconds, so that its children find it there.</summary>
    public const int WarmUpS = 5;

    private readonly ulong[] _streams; // ascending
    private readonly float[] _turns;   // beside them

    private ReparentPace(ulong[] streams, float[] turns) => (_streams, _turns) = (streams, turns);

    /// <summary>Orders the streams of an IDC as its drain begins.</summary>
    /// <param name="pulled">What is pulled from it, each stream once, in any order.</param>
    public static ReparentPace Of(IReadOnlyCollection<PulledStream> pulled)
    {
        ArgumentNullException.ThrowIfNull(pulled);
        double total = Math.Max(1, pulled.Sum(p => (double)p.Kbps)), before = 0;
        var turns = new List<(ulong Stream, float Turn)>(pulled.Count);
        foreach (PulledStream stream in pulled.OrderByDescending(p => p.Kbps).ThenBy(p => ViewerHash.Mix(p.Stream)))
        {
            turns.Add((stream.Stream, (float)(before / total)));
            before += stream.Kbps;
        }
        turns.Sort((a, b) => a.Stream.CompareTo(b.Stream));
        return new ReparentPace([.. turns.Select(t => t.Stream)], [.. turns.Select(t => t.Turn)]);
    }

    /// <summary>The share of bits that may have left: grows in steps of <see cref="StepS"/>, from 0 for as long as warming up takes to 1.</summary>
    /// <param name="elapsedS">Time since the pulls began to leave, seconds.</param>
    /// <param name="rampS">Time in which they leave, seconds; 0 for at once.</param>
    /// <returns>In [0, 1].</returns>
    public static double ShareAt(double elapsedS, double rampS)
    {
        double stepped = Math.Floor((elapsedS - WarmUpS) / StepS) * StepS;
        if (stepped < 0) return 0;
        return rampS <= 0 ? 1 : Math.Min(1, (stepped + StepS) / rampS);
    }

    /// <summary>When a stream's turn is; one that was not pulled when the drain began has one by its hash.</summary>
    /// <param name="stream">Its hash.</param>
    /// <returns>In [0, 1).</returns>
    public float TurnOf(ulong stream)
    {
        int place = Array.BinarySearch(_streams, stream);
        return place >= 0 ? _turns[place] : (ViewerHash.Mix(stream) >> 40) / (float)(1 << 24);
    }

    /// <summary>True when a stream has been given another parent.</summary>
    /// <param name="stream">Its hash.</param>
    /// <param name="share">Share that may have left, in [0, 1].</param>
    public bool HasLeft(ulong stream, double share) => share > 0 && TurnOf(stream) < share;
}
