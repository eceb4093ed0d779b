namespace Scheduler.Simulator.Viewers;

/// <summary>What happens at which tick, in the order in which it was planned. What lies beyond the end of the run is dropped.</summary>
internal sealed class EventWheel(int ticks)
{
    private readonly List<ViewerEvent>?[] _slots = new List<ViewerEvent>?[ticks];
    private readonly Stack<List<ViewerEvent>> _spare = new();

    /// <summary>Plans an event.</summary>
    public void Add(int tick, ViewerEvent what)
    {
        if (tick >= _slots.Length) return;
        List<ViewerEvent> slot = _slots[tick] ??= _spare.TryPop(out List<ViewerEvent>? spare) ? spare : [];
        slot.Add(what);
    }

    /// <summary>The events of a tick; those that are added to it while it is read come at its end.</summary>
    public List<ViewerEvent>? At(int tick) => _slots[tick];

    /// <summary>Forgets a tick that has passed.</summary>
    public void Clear(int tick)
    {
        if (_slots[tick] is not { } slot) return;
        slot.Clear();
        _spare.Push(slot);
        _slots[tick] = null;
    }
}
