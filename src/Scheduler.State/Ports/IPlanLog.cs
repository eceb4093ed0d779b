namespace Scheduler.State.Ports;

/// <summary>Keeps the last plan, so that the next leader begins where the last one was.</summary>
public interface IPlanLog
{
    /// <summary>Keeps a plan in place of the one before.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="cancellation">Ends the wait, before the write begins.</param>
    /// <returns>False, and nothing written, when its fence is not that of the lease: somebody else leads by now.</returns>
    ValueTask<bool> WriteAsync(StoredPlan plan, CancellationToken cancellation);

    /// <summary>The plan that is kept; null for none.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    ValueTask<StoredPlan?> ReadAsync(CancellationToken cancellation);
}
