using System.Runtime.CompilerServices;

namespace Scheduler.State.Rtts;

/// <summary>
/// The round-trip time of one pair of cell and site, learnt from samples: the median of the first few, then an average of logarithms in which no
/// sample pulls by more than a step (Huber's estimator, one sample at a time). A tenth of liars who all lie one way move it by a ninth of that step.
/// </summary>
internal sealed class LearntRtt
{
    /// <summary>Most samples whose median can be asked for.</summary>
    public const int MostFirst = 8;

    [InlineArray(MostFirst)]
    private struct FirstSamples
    {
        private float _first;
    }

    private FirstSamples _first;
    private int _count;
    private double _log;

    /// <summary>When the last sample came, monotonic ms.</summary>
    public long HeardAtMs { get; private set; }

    /// <summary>The estimate, ms; null before there are enough samples.</summary>
    public double? Ms { get; private set; }

    /// <summary>Takes in a sample.</summary>
    /// <param name="ms">Round-trip time, ms; over 0.</param>
    /// <param name="rules">How much it counts.</param>
    /// <param name="nowMs">Monotonic ms.</param>
    public void Add(double ms, RttRules rules, long nowMs)
    {
        HeardAtMs = nowMs;
        if (Ms is null)
        {
            _first[_count++] = (float)ms;
            if (_count < Math.Min(MostFirst, rules.LeastSamples)) return;
            Span<float> samples = ((Span<float>)_first)[.._count];
            samples.Sort();
            _log = Math.Log(samples[_count / 2]);
        }
        else
        {
            _log += rules.Gain * Math.Clamp(Math.Log(ms) - _log, -rules.MostStep, rules.MostStep);
        }
        Ms = Math.Exp(_log);
    }

    /// <summary>How much the estimate is to be believed, in (0, 1]: all of it while samples come, then half as much with each half-life.</summary>
    public double TrustAt(long nowMs, RttRules rules) => Math.Min(1, Math.Pow(0.5, ((nowMs - HeardAtMs) / (double)rules.HalfLifeMs) - 1));
}
