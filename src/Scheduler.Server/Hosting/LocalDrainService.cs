using Scheduler.State.Drains;

namespace Scheduler.Server.Hosting;

/// <summary>Has local drains recorded as soon as the store is there. A timer of its own, so that a store that hangs holds up nothing else.</summary>
internal sealed partial class LocalDrainService(LocalDrainRecorder recorder, TimeProvider time, ILogger<LocalDrainService> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Ticks.RunAsync(Interval, time, recorder.StepAsync, fault => Waits(fault.Message), Recorded, stoppingToken);

    [LoggerMessage(EventId = 182, Level = LogLevel.Warning, Message = "Local drains hold, and become revisions when the store can be reached: {Fault}")]
    private partial void Waits(string fault);

    [LoggerMessage(EventId = 183, Level = LogLevel.Information, Message = "The store can be reached: local drains are in its revisions")]
    private partial void Recorded();
}
