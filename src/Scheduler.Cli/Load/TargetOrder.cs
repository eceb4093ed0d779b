using Scheduler.Core.Sessions;

namespace Scheduler.Cli.Load;

/// <summary>In which order a viewer asks several schedulers: each viewer in his own, so that those of one that dies spread over all the others.</summary>
internal static class TargetOrder
{
    /// <summary>Most targets.</summary>
    public const int Most = 32;

    /// <summary>The scheduler at a place of a viewer's order, by rendezvous hashing.</summary>
    /// <param name="viewer">The viewer.</param>
    /// <param name="place">0 for the one that he asks first.</param>
    /// <param name="targets">How many there are, in [1, <see cref="Most"/>]; over <paramref name="place"/>.</param>
    public static int At(int viewer, int place, int targets)
    {
        Span<(ulong Hash, int Target)> order = stackalloc (ulong, int)[Most];
        for (int target = 0; target < targets; target++) order[target] = (Hash(viewer, target), target);
        order[..targets].Sort();
        return order[place].Target;
    }

    private static ulong Hash(int viewer, int target) => StreamName.Hash(System.Runtime.InteropServices.MemoryMarshal.AsBytes<int>([viewer, target]));
}
