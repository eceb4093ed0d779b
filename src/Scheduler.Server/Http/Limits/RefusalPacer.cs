namespace Scheduler.Server.Http.Limits;

/// <summary>
/// Holds refusals back so that they cost little. On a kept-alive connection a refusal takes the kernel and the server nearly as long as an answer
/// does; but its connection cannot ask again before it is answered. So each tick answers a quota of them, in order, and what exceeds it waits, up to a
/// longest time. A slight overload is refused at the next tick, a heavy one is slowed down by itself.
/// </summary>
/// <remarks>A ring of ticks; the refusals of a tick wait for one task. Guarded by a lock that only refusals take.</remarks>
/// <param name="quota">Refusals that one tick answers, unless the ring is full; at least 1.</param>
/// <param name="ticks">The longest wait, ticks; at least 1.</param>
internal sealed class RefusalPacer(int quota, int ticks)
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource?[] _release = new TaskCompletionSource?[ticks + 1];
    private readonly int[] _count = new int[ticks + 1];
    private long _now;
    private long _filling;
    private int _held;

    /// <summary>Refusals that wait.</summary>
    public int Held => Volatile.Read(ref _held);

    /// <summary>The task to wait for before a refusal is answered.</summary>
    public Task Join()
    {
        lock (_gate)
        {
            // The first tick with room; the last one of the ring takes whatever is too much for all.
            _filling = Math.Max(_filling, _now + 1);
            while (_filling < _now + ticks && _count[Slot(_filling)] >= quota) _filling++;
            int slot = Slot(_filling);
            _count[slot]++;
            _held++;
            return (_release[slot] ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>A tick passes; its refusals are answered.</summary>
    public void Advance()
    {
        TaskCompletionSource? due;
        lock (_gate)
        {
            int slot = Slot(++_now);
            due = _release[slot];
            _held -= _count[slot];
            (_release[slot], _count[slot]) = (null, 0);
        }
        due?.SetResult();
    }

    private int Slot(long tick) => (int)(tick % _release.Length);
}
