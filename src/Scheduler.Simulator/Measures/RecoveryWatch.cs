namespace Scheduler.Simulator.Measures;

/// <summary>Tells when a run was good again after a fault: within 3 % of the bound, for ten seconds on end.</summary>
internal sealed class RecoveryWatch
{
    private const double Good = 0.03;
    private const int ForS = 10;

    private readonly List<bool> _good = [];

    /// <summary>Takes in the gap of a second.</summary>
    public void Add(int second, double gap)
    {
        while (_good.Count < second) _good.Add(false);
        _good.Add(gap < Good);
    }

    /// <summary>The first second from which on it was good for long enough; null when that never came.</summary>
    /// <param name="faultAtS">When the fault came, s.</param>
    public double? RecoveredAtS(double faultAtS)
    {
        int run = 0;
        for (int second = (int)faultAtS; second < _good.Count; second++)
        {
            run = _good[second] ? run + 1 : 0;
            if (run == ForS) return Math.Max(faultAtS, second - ForS + 1);
        }
        return null;
    }
}
