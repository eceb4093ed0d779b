using System.Collections.Immutable;
using Scheduler.State.Drains;
using Scheduler.State.Ports;

namespace Scheduler.Tests.State.Drains;

/// <summary>A journal in memory that outlives the book that writes it, and whose disk can be full.</summary>
internal sealed class MemoryLocalDrainJournal : ILocalDrainJournal
{
    public List<LocalDrain> Lines { get; } = [];

    public bool IsFull { get; set; }

    public ImmutableArray<LocalDrain> Read() => [.. Lines];

    public void Append(LocalDrain drain)
    {
        if (IsFull) throw new IOException("The disk is full.");
        Lines.Add(drain);
    }

    public void Replace(LocalDrainSet drains)
    {
        if (IsFull) throw new IOException("The disk is full.");
        Lines.Clear();
        Lines.AddRange(drains.All);
    }
}
