using Scheduler.State.Drains;

namespace Scheduler.Server.Hosting;

/// <summary>Has local drains recorded as soon as the store is there. A timer of its own, so that a store that hangs holds up nothing else.</summary>
internal sealed partial class LocalDrainService(LocalDrainRecorder recorder, TimeProvider time, ILogger<LocalDrainService> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private bool _failing;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await recorder.StepAsync(stoppingToken);
                if (_failing) Recorded();
                _failing = false;
            }
            catch (IOException fault)
            {
                if (!_failing) Waits(fault.Message);
                _failing = true;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
        while (await timer.NextAsync(stoppingToken));
    }

    [LoggerMessage(EventId = 182, Level = LogLevel.Warning, Message = "Local drains hold, and become revisions when the store can be reached: {Fault}")]
    private partial void Waits(string fault);

    [LoggerMessage(EventId = 183, Level = LogLevel.Information, Message = "The store can be reached: local drains are in its revisions")]
    private partial void Recorded();
}
