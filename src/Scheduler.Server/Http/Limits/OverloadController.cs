namespace Scheduler.Server.Http.Limits;

/// <summary>
/// Turns the delay of the thread pool into a pressure: 0 refuses nothing, 0.4 refuses two of five new sessions, 1 all of them, 1.4 two of five beats
/// as well, and so on by <see cref="CallClass"/>. Not for several threads.
/// </summary>
/// <remarks>
/// As CoDel (RFC 8289) does, it acts on the least delay of an interval, which tells a standing queue from a burst. The handlers need microseconds, so
/// a limit on calls at once would never be met: what queues are the work items of the pool and the bytes in the sockets before them.
/// </remarks>
internal sealed class OverloadController(OverloadRules rules)
{
    /// <summary>The highest pressure: all that may be refused is.</summary>
    public const double Highest = 3;

    private double? _least;
    private long? _intervalEndsMs;

    /// <summary>The pressure, in [0, <see cref="Highest"/>].</summary>
    public double Pressure { get; private set; }

    /// <summary>The least delay of the last whole interval, ms.</summary>
    public double DelayMs { get; private set; }

    /// <summary>Takes one measurement.</summary>
    /// <param name="nowMs">A monotonic time, ms.</param>
    /// <param name="delayMs">How long a work item waits, or has waited so far, ms.</param>
    public void Observe(long nowMs, double delayMs)
    {
        _least = Math.Min(_least ?? double.MaxValue, delayMs);
        _intervalEndsMs ??= nowMs + rules.IntervalMs;
        if (nowMs < _intervalEndsMs) return;
        DelayMs = _least.Value;
        Pressure = Math.Clamp(Pressure + Step(DelayMs / rules.TargetMs), 0, Highest);
        (_least, _intervalEndsMs) = (null, nowMs + rules.IntervalMs);
    }

    /// <summary>Between half the target and the target nothing changes: else the pressure would never rest.</summary>
    private double Step(double excess) => excess switch
    {
        > 1 => Math.Min(OverloadRules.SteepestRise, OverloadRules.Rise * excess),
        < 0.5 => -(OverloadRules.Fall + (OverloadRules.FallShare * Pressure)),
        _ => 0,
    };
}
