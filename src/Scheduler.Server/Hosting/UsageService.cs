using Scheduler.State.Peers;
using Scheduler.State.Usage;

namespace Scheduler.Server.Hosting;

/// <summary>Drives the journal of usage, apart from requests and planning; what was counted by the end of the process is kept on the way out.</summary>
internal sealed partial class UsageService(UsageJournal journal, LeaderSeat seat, TimeProvider clock, ILogger<UsageService> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Keeps what was counted so far: for whoever asks for a report now. A store that fails is told of by the next step.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task KeepAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            await journal.KeepAsync(cancellation);
        }
        catch (IOException)
        {
            // The report is of what was kept before; the store's failure shows when it is read.
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await KeepAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The process ends at once: what was counted since the last step goes with it.
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _turn.Dispose();
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Ticks.RunAsync(Every, clock, StepAsync, Failed, Recovered, stoppingToken);

    private async ValueTask StepAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            await journal.StepAsync(seat.Leads, cancellation);
        }
        finally
        {
            _turn.Release();
        }
    }

    [LoggerMessage(EventId = 133, Level = LogLevel.Warning, Message = "Usage cannot be kept in the store; its hours wait, for three days at most")]
    private partial void Failed(Exception fault);

    [LoggerMessage(EventId = 134, Level = LogLevel.Information, Message = "Usage is kept in the store again")]
    private partial void Recovered();
}
