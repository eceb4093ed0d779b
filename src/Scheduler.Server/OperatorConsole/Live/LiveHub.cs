namespace Scheduler.Server.OperatorConsole.Live;

/// <summary>
/// The latest message, and a bell for who waits for the next: one serialisation for all who listen, and nothing is kept for any of them. One who is slower than a second
/// misses messages and gets the latest.
/// </summary>
internal sealed class LiveHub
{
    /// <summary>Most pages that listen at once.</summary>
    public const int MostListeners = 64;

    private volatile Told _latest = new([]);
    private int _listeners;

    /// <summary>Pages that listen now.</summary>
    public int Listeners => Volatile.Read(ref _listeners);

    /// <summary>The latest message, empty before the first, and the task that ends with the next.</summary>
    public (ReadOnlyMemory<byte> Message, Task Next) Latest
    {
        get
        {
            Told told = _latest;
            return (told.Message, told.Next.Task);
        }
    }

    /// <summary>Tells a message to all who listen.</summary>
    /// <param name="message">As it goes out.</param>
    public void Tell(byte[] message)
    {
        Told before = Interlocked.Exchange(ref _latest, new Told(message));
        before.Next.SetResult();
    }

    /// <summary>Takes one of the places of those who listen.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _listeners) <= MostListeners) return true;
        Leave();
        return false;
    }

    /// <summary>Gives it back.</summary>
    public void Leave() => Interlocked.Decrement(ref _listeners);

    private sealed record Told(byte[] Message)
    {
        // Who waits must not run on the thread that tells.
        public TaskCompletionSource Next { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
