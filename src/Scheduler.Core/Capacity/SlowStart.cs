namespace Scheduler.Core.Capacity;

/// <summary>
/// How much of its free capacity a node that has just come back is trusted with: <c>max(floor, (t / window)^(1 / aggression))</c>,
/// after Envoy's slow start.
/// </summary>
/// <param name="Window">Time to full trust; over zero. Default 90 s.</param>
/// <param name="Floor">Share at the very start, in (0, 1]. Default 0.1.</param>
/// <param name="Aggression">Over 0; above 1 the ramp starts steeply. Default 1.5.</param>
public sealed record SlowStart(TimeSpan Window, double Floor, double Aggression)
{
    /// <summary>90 s, 0.1, 1.5.</summary>
    public static SlowStart Default { get; } = new(TimeSpan.FromSeconds(90), 0.1, 1.5);

    /// <summary>Share in [<see cref="Floor"/>, 1] at a time after the return.</summary>
    /// <param name="sinceReturnMs">Milliseconds since the node came back; negative counts as 0.</param>
    public double ShareAt(long sinceReturnMs)
    {
        double t = Math.Max(0, sinceReturnMs) / Window.TotalMilliseconds;
        return t >= 1 ? 1 : Math.Max(Floor, Math.Pow(t, 1 / Aggression));
    }

    /// <summary>The time after a return at which a share is reached, ms: the inverse of <see cref="ShareAt"/>, for a node that was never quite away.</summary>
    /// <param name="share">The share that it has, in [0, 1].</param>
    public long AgeMs(double share) => (long)(Math.Pow(Math.Clamp(share, 0, 1), Aggression) * Window.TotalMilliseconds);
}
