namespace Scheduler.Client.Edges;

/// <summary>The viewers of one stream on a node. Under the lock of its <see cref="NodeAudience"/>.</summary>
internal sealed class StreamAudience(string name)
{
    private const double SmoothingS = 10;
    private int _toldViewers;
    private double _toldKbps;
    private bool _isMeasured;

    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>Viewers.</summary>
    public int Viewers { get; set; }

    /// <summary>What they were admitted with, kbit/s.</summary>
    public long WeightKbps { get; set; }

    /// <summary>Bytes since the last look.</summary>
    public long Bytes { get; set; }

    /// <summary>
    /// What they draw, kbit/s: bytes over some ten seconds, since players fetch in bursts; what they were admitted with, where nobody counts bytes.
    /// </summary>
    public double Kbps { get; private set; }

    /// <summary>How much has changed since it was told, as a share; 0 for what is not worth a word.</summary>
    public double Change
    {
        get
        {
            if (Viewers != _toldViewers) return Math.Abs(Viewers - _toldViewers) / (double)Math.Max(1, Math.Max(Viewers, _toldViewers));
            double change = Math.Abs(Kbps - _toldKbps) / Math.Max(1, Math.Max(Kbps, _toldKbps));
            return change >= 0.1 ? change : 0;
        }
    }

    /// <summary>Lets time pass.</summary>
    /// <param name="seconds">Since the last look; over 0.</param>
    public void Look(double seconds)
    {
        bool begins = !_isMeasured && Bytes > 0;
        _isMeasured |= begins;
        if (!_isMeasured || begins || Viewers == 0) Kbps = WeightKbps;
        if (_isMeasured && Viewers > 0) Kbps += ((Bytes / 125.0 / seconds) - Kbps) * (1 - Math.Exp(-seconds / SmoothingS));
        Bytes = 0;
    }

    /// <summary>It is told as it is now.</summary>
    public void Told() => (_toldViewers, _toldKbps) = (Viewers, Kbps);
}
