namespace Scheduler.Core.Drains;

/// <summary>Round-trip times of traffic, weighted by it. Used again and again; allocates nothing after it was made.</summary>
internal sealed class RttDistribution(int most)
{
    private readonly double[] _rtts = new double[most];
    private readonly double[] _weights = new double[most];
    private int _count;

    /// <summary>The traffic, Mbit/s.</summary>
    public double TotalMbps { get; private set; }

    /// <summary>The mean, ms; 0 without traffic.</summary>
    public double MeanMs { get; private set; }

    /// <summary>Takes in the traffic of each candidate with a round-trip time.</summary>
    /// <param name="rttMs">Round-trip times, ms, of the first candidates; the others have none.</param>
    /// <param name="trafficMbps">Traffic of each candidate, Mbit/s.</param>
    public void Read(ReadOnlySpan<float> rttMs, ReadOnlySpan<double> trafficMbps)
    {
        double sum = 0;
        (_count, TotalMbps) = (0, 0);
        for (int k = 0; k < rttMs.Length; k++)
        {
            if (trafficMbps[k] <= 0) continue;
            (_rtts[_count], _weights[_count++]) = (rttMs[k], trafficMbps[k]);
            TotalMbps += trafficMbps[k];
            sum += rttMs[k] * trafficMbps[k];
        }
        MeanMs = _count == 0 ? 0 : sum / TotalMbps;
        _rtts.AsSpan(0, _count).Sort(_weights.AsSpan(0, _count));
    }

    /// <summary>The least round-trip time that a share of the traffic does not exceed, ms; null without traffic.</summary>
    /// <param name="share">In (0, 1].</param>
    public double? Percentile(double share)
    {
        double below = 0;
        for (int i = 0; i < _count; i++)
        {
            below += _weights[i];
            if (below >= share * TotalMbps) return _rtts[i];
        }
        return _count == 0 ? null : _rtts[_count - 1];
    }
}
