namespace Scheduler.Server.Hosting;

/// <summary>Timers of background services.</summary>
internal static class Ticks
{
    /// <summary>
    /// Waits for the next tick; false when the process ends. A service that ends by an exception is reported as failed where the start itself failed, and
    /// that report would bury the reason.
    /// </summary>
    public static async ValueTask<bool> NextAsync(this PeriodicTimer timer, CancellationToken stopping)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return false;
        }
    }
}
