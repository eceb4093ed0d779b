namespace Scheduler.State;

/// <summary>Wakes whoever follows the configuration when it has changed. What changed is in the store.</summary>
public sealed class RevisionFeed
{
    private volatile TaskCompletionSource _next = New();

    /// <summary>Ends with the next change. Taken before the store is read, it misses none.</summary>
    public Task Next => _next.Task;

    /// <summary>Says that the configuration has changed.</summary>
    public void Announce() => Interlocked.Exchange(ref _next, New()).SetResult();

    // Who waits must not run on the thread of the change.
    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
