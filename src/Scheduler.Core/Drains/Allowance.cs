namespace Scheduler.Core.Drains;

/// <summary>
/// What may still be taken of something that flows in evenly. Threads may race. Whoever finds any left takes all that he needs: then it is owed, and nobody takes
/// until it has flowed in. So a heavy session passes a narrow bound as a light one does, and the mean holds.
/// </summary>
public struct Allowance
{
    private long _left; // thousandths, so that a tick's part of a slow flow is not lost

    /// <summary>True while anything is left.</summary>
    public readonly bool HasAny => Volatile.Read(in _left) > 0;

    /// <summary>Lets flow in.</summary>
    /// <param name="perS">The flow, units a second; at least 0.</param>
    /// <param name="ms">For how long, ms.</param>
    public void Refill(double perS, long ms)
    {
        // More than a second's worth is not kept: after a lull everything would go at once. A slow flow keeps a unit.
        long most = Math.Max(1_000, (long)(perS * 1_000)), flow = (long)(perS * ms);
        long before = Volatile.Read(ref _left);
        while (true)
        {
            long after = Math.Min(most, before + flow);
            long seen = Interlocked.CompareExchange(ref _left, after, before);
            if (seen == before) return;
            before = seen;
        }
    }

    /// <summary>Takes what is needed, if anything is left.</summary>
    /// <param name="units">What is needed; at least 0.</param>
    public bool TryTake(long units)
    {
        long before = Volatile.Read(ref _left);
        while (before > 0)
        {
            long seen = Interlocked.CompareExchange(ref _left, before - (units * 1_000), before);
            if (seen == before) return true;
            before = seen;
        }
        return false;
    }

    /// <summary>Gives back what was taken and not used.</summary>
    /// <param name="units">What was taken.</param>
    public void GiveBack(long units) => Interlocked.Add(ref _left, units * 1_000);
}
