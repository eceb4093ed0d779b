namespace Scheduler.State.Ports;

/// <summary>
/// Tells soon that another process changed the store. It may tell too often, and what happens while it is not listened to is not told: who needs to be sure
/// asks the store as well, every second.
/// </summary>
public interface IChangeFeed
{
    /// <summary>Listens until it is cancelled.</summary>
    /// <param name="heard">Called with what may have changed, on a thread of the feed: it must return at once.</param>
    /// <param name="cancellation">Ends the listening.</param>
    /// <exception cref="IOException">The store cannot be reached, or not any more; the caller tries again after a while.</exception>
    Task ListenAsync(Action<StoreChange> heard, CancellationToken cancellation);
}
