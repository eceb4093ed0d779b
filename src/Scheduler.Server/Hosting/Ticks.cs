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

    /// <summary>Does something at each tick until the process ends, whatever goes wrong: a failure is told once, and its end too.</summary>
    /// <param name="interval">Time between two ticks.</param>
    /// <param name="time">The clock.</param>
    /// <param name="step">What is done.</param>
    /// <param name="failed">Tells the first failure in a row.</param>
    /// <param name="recovered">Tells the first success after it.</param>
    /// <param name="stopping">The end of the process.</param>
    public static async Task RunAsync(
        TimeSpan interval, TimeProvider time, Func<CancellationToken, ValueTask> step, Action<Exception> failed, Action recovered, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(interval, time);
        bool failing = false;
        while (await timer.NextAsync(stopping))
        {
            try
            {
                await step(stopping);
                if (failing) recovered();
                failing = false;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                if (!failing) failed(fault);
                failing = true;
            }
        }
    }

    /// <inheritdoc cref="RunAsync(TimeSpan, TimeProvider, Func{CancellationToken, ValueTask}, Action{Exception}, Action, CancellationToken)"/>
    public static Task RunAsync(TimeSpan interval, TimeProvider time, Action step, Action<Exception> failed, Action recovered, CancellationToken stopping) =>
        RunAsync(
            interval, time,
            _ =>
            {
                step();
                return ValueTask.CompletedTask;
            },
            failed, recovered, stopping);
}
