namespace Scheduler.Tests;

/// <summary>Counts what code allocates.</summary>
internal static class Allocated
{
    /// <summary>
    /// Bytes that an action allocates on this thread: the least of several rounds, because the runtime's own one-time work (a method
    /// compiled again, a buffer of the collector handed over) lands in whichever round it happens.
    /// </summary>
    public static long Bytes(Action action)
    {
        long least = long.MaxValue;
        for (int round = 0; round < 5; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }
}
