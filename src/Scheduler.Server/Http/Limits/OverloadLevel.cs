namespace Scheduler.Server.Http.Limits;

/// <summary>
/// Tells from the wait of the thread pool which calls are refused: none up to the target, new sessions beyond it, beats as well beyond twice, reports as
/// well beyond four times. Not for several threads.
/// </summary>
/// <remarks>
/// The handlers need microseconds, so a limit on calls at once would never be met: what queues are the work items of the pool and the bytes in the sockets
/// before them. As in CoDel (RFC 8289) the lesser of two measurements counts, which tells a standing queue from a burst. Nothing is smoothed beyond
/// that: a queue that is short again is the proof that the next call can be served, and a controller that remembered would refuse it.
/// </remarks>
/// <param name="targetMs">Wait that is put up with, ms; over 0.</param>
internal sealed class OverloadLevel(double targetMs)
{
    private double _lastMs;

    /// <summary>Classes that are refused, in the order of <see cref="CallClass"/>: 0 for none, 3 for all.</summary>
    public int Refused { get; private set; }

    /// <summary>The wait that counts, ms.</summary>
    public double DelayMs { get; private set; }

    /// <summary>Takes one measurement.</summary>
    /// <param name="delayMs">How long a work item waited, or has waited so far, ms.</param>
    public void Observe(double delayMs)
    {
        DelayMs = Math.Min(_lastMs, delayMs);
        _lastMs = delayMs;
        Refused = (DelayMs / targetMs) switch
        {
            > 4 => 3,
            > 2 => 2,
            > 1 => 1,
            _ => 0,
        };
    }
}
