using Scheduler.Server.Hosting;
using Scheduler.State.Sessions;

namespace Scheduler.Server.Telemetry.Decisions;

/// <summary>Writes the decision log, beside the requests; what waits at the end of the process is still written.</summary>
internal sealed partial class DecisionLogService(DecisionQueue queue, DecisionWriter writer, DecisionLogOptions options, ILogger<DecisionLogService> log) : BackgroundService
{
    private bool _isFailing;
    private long _written;

    /// <summary>Lines written since the start.</summary>
    public long Written => Volatile.Read(ref _written);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using CancellationTokenRegistration end = stoppingToken.Register(queue.Close);
        using var file = new RollingFile(options.Path, options.MaxBytes);
        while (await queue.Reader.WaitToReadAsync(CancellationToken.None)) WriteAll(file);
    }

    private void WriteAll(RollingFile file)
    {
        int lines = 0;
        try
        {
            while (queue.Reader.TryRead(out (DateTimeOffset At, ObservedDecision Decision) taken))
            {
                lines++;
                file.Append(writer.Line(taken.At, taken.Decision));
            }
            file.Flush();
            Interlocked.Add(ref _written, lines);
            if (_isFailing) Recovered(options.Path);
            _isFailing = false;
        }
        catch (IOException fault)
        {
            queue.Drop(lines);
            if (!_isFailing) Failed(options.Path, fault.Message);
            _isFailing = true;
        }
    }

    [LoggerMessage(EventId = 131, Level = LogLevel.Warning, Message = "The decision log {Path} cannot be written; decisions are lost to it until it can: {Reason}")]
    private partial void Failed(string path, string reason);

    [LoggerMessage(EventId = 132, Level = LogLevel.Information, Message = "The decision log {Path} is written again")]
    private partial void Recovered(string path);
}
