namespace Scheduler.Server.Http.Limits;

/// <summary>
/// Holds refusals back. On a kept-alive connection a refusal takes the kernel and the server nearly as long as an answer does; but its connection cannot
/// ask again before it is answered, so a caller who is in a hurry slows down by himself, and refusals take a small part of the machine.
/// </summary>
/// <remarks>A ring of ticks; the refusals of a tick wait for one task. Guarded by a lock that only refusals take.</remarks>
/// <param name="ticks">How long a refusal is held, ticks; at least 1.</param>
internal sealed class RefusalHold(int ticks)
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource?[] _release = new TaskCompletionSource?[ticks];
    private readonly int[] _count = new int[ticks];
    private int _now;
    private int _held;

    /// <summary>Refusals that wait.</summary>
    public int Held => Volatile.Read(ref _held);

    /// <summary>The task to wait for before a refusal is answered: it ends when as many ticks have passed as the hold is long.</summary>
    public Task Join()
    {
        lock (_gate)
        {
            _count[_now]++;
            _held++;
            return (_release[_now] ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>A tick passes; the refusals whose time is over are answered.</summary>
    public void Advance()
    {
        TaskCompletionSource? due;
        lock (_gate)
        {
            _now = (_now + 1) % _release.Length;
            due = _release[_now];
            _held -= _count[_now];
            (_release[_now], _count[_now]) = (null, 0);
        }
        due?.SetResult();
    }
}
