namespace Scheduler.State.Ports;

/// <summary>The lease of the one replica that plans. An exception means that the store could not be reached: a lease that was held runs out by itself.</summary>
public interface ILeadership
{
    /// <summary>Takes the lease when it is free or has run out, renews it when it is held already by the same start of the same replica.</summary>
    /// <param name="number">Number of the replica that asks.</param>
    /// <param name="start">Its start.</param>
    /// <param name="term">How long the lease holds from now on, by the store's clock.</param>
    /// <param name="cancellation">Ends the wait, before the write begins.</param>
    /// <returns>Who leads now: the asker, or who was first.</returns>
    ValueTask<Leadership> HoldAsync(byte number, long start, TimeSpan term, CancellationToken cancellation);

    /// <summary>Gives the lease up, so that another need not wait for its end; does nothing when the fence is not that of the lease.</summary>
    /// <param name="fence">The fence of the lease that was held.</param>
    /// <param name="cancellation">Ends the wait, before the write begins.</param>
    ValueTask ResignAsync(long fence, CancellationToken cancellation);
}
