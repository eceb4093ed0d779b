using Scheduler.State.Ports;

namespace Scheduler.Storage.Memory;

/// <summary>Tells everybody in the process who listens what was changed.</summary>
public sealed class MemoryChangeFeed : IChangeFeed
{
    private readonly Lock _lock = new();
    private readonly List<Action<StoreChange>> _listeners = [];

    /// <inheritdoc/>
    public async Task ListenAsync(Action<StoreChange> heard, CancellationToken cancellation)
    {
        lock (_lock) _listeners.Add(heard);
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            lock (_lock) _listeners.Remove(heard);
        }
    }

    /// <summary>Tells a change; call it outside of locks, since listeners may ask the store at once.</summary>
    internal void Tell(StoreChange change)
    {
        Action<StoreChange>[] listeners;
        lock (_lock) listeners = [.. _listeners];
        foreach (Action<StoreChange> heard in listeners) heard(change);
    }
}
