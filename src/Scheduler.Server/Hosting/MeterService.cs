using Scheduler.State.Peers;
using Scheduler.State.Planning;

namespace Scheduler.Server.Hosting;

/// <summary>Drives the journal of what sites are billed by: a write every five minutes, by the leader, apart from requests and planning.</summary>
internal sealed partial class MeterService(MeterJournal journal, LeaderSeat seat, TimeProvider clock, ILogger<MeterService> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    private bool _failing;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.NextAsync(stoppingToken))
        {
            try
            {
                await journal.StepAsync(seat.Leads, stoppingToken);
                if (_failing) Recovered();
                _failing = false;
            }
            catch (IOException fault)
            {
                if (!_failing) Failed(fault);
                _failing = true;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    [LoggerMessage(EventId = 123, Level = LogLevel.Warning, Message = "Samples of bandwidth cannot be kept in the store, or read from it; they wait, for three days at most")]
    private partial void Failed(Exception fault);

    [LoggerMessage(EventId = 124, Level = LogLevel.Information, Message = "Samples of bandwidth are kept in the store again")]
    private partial void Recovered();
}
