namespace Scheduler.Simulator.Measures;

/// <summary>Tells when a run was good again after a fault: from when on its cost stayed within 3 % of the bound.</summary>
internal sealed class RecoveryWatch
{
    private const double Good = 0.03;

    private int? _lastBadS;
    private int _lastS;

    /// <summary>Takes in the gap of a second; seconds come in order.</summary>
    public void Add(int second, double gap)
    {
        _lastS = second;
        if (gap >= Good) _lastBadS = second;
    }

    /// <summary>The first second from which on it stayed good; null when it was not at the end.</summary>
    /// <param name="faultAtS">When the fault came, s.</param>
    public double? RecoveredAtS(double faultAtS) =>
        _lastBadS is not { } bad || bad < faultAtS ? faultAtS : bad < _lastS ? bad + 1 : null;
}
