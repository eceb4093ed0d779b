using System.Numerics;
using System.Text;

namespace Scheduler.Core.Sessions;

/// <summary>
/// Names of streams by their hash: decisions and reports know hashes alone, people and nodes want names. Bounded: buckets of eight, in which a new name takes the
/// place of another; whoever is still there is learnt again with his next report. All threads read and write it without locks.
/// </summary>
/// <param name="capacity">Names it holds; rounded up to a power of two of at least 8.</param>
public sealed class StreamNames(int capacity)
{
    private const int Ways = 8;
    private readonly Entry?[] _entries = new Entry?[BitOperations.RoundUpToPowerOf2((uint)Math.Max(Ways, capacity))];

    private sealed record Entry(ulong Hash, string Name);

    /// <summary>Learns a name; allocates only for one that is not known.</summary>
    /// <param name="hash"><see cref="StreamName.Hash"/> of the name.</param>
    /// <param name="name">The name; valid by <see cref="StreamName.IsValid"/>.</param>
    public void Learn(ulong hash, ReadOnlySpan<byte> name)
    {
        if (Find(hash) is not null) return;
        int first = FirstOf(hash), place = first;
        while (place < first + Ways && Volatile.Read(ref _entries[place]) is not null) place++;
        if (place == first + Ways) place = first + (int)(hash & (Ways - 1));
        Volatile.Write(ref _entries[place], new Entry(hash, Encoding.UTF8.GetString(name)));
    }

    /// <summary>The name of a stream; null when it is not known.</summary>
    /// <param name="hash"><see cref="StreamName.Hash"/> of the name.</param>
    public string? Find(ulong hash)
    {
        int first = FirstOf(hash);
        for (int place = first; place < first + Ways; place++)
            if (Volatile.Read(ref _entries[place]) is { } entry && entry.Hash == hash) return entry.Name;
        return null;
    }

    private int FirstOf(ulong hash) => (int)(hash >> 32) & (_entries.Length - 1) & -Ways;
}
