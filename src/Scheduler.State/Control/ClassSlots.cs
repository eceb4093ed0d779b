using System.Collections.Immutable;
using Scheduler.Core.Policies;
using Scheduler.Core.Sessions;

namespace Scheduler.State.Control;

/// <summary>
/// Gives each class of streams a slot of the session table, the same for as long as the class exists: a class's number is its place in the policy's document, which
/// changes, while its sessions are counted on. A slot that is free is given out again as late as can be, when the sessions of the class that had it have beaten since.
/// </summary>
internal sealed class ClassSlots
{
    private readonly Dictionary<string, int> _byClass = new(StringComparer.Ordinal);
    private readonly Queue<int> _free = new(Enumerable.Range(1, SessionTable.MaxSlots - 1)); // there are twice as many as a policy may have classes

    /// <summary>Slot of a class that was taken.</summary>
    public int Of(StreamClass streams) => _byClass[streams.Id];

    /// <summary>Takes the classes of a policy in place of those before.</summary>
    public void Take(ImmutableArray<StreamClass> classes)
    {
        foreach (string gone in _byClass.Keys.Except(classes.Select(c => c.Id), StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList())
        {
            _byClass.Remove(gone, out int slot);
            _free.Enqueue(slot);
        }
        foreach (StreamClass streams in classes)
            if (!_byClass.ContainsKey(streams.Id)) _byClass.Add(streams.Id, _free.Dequeue());
    }
}
