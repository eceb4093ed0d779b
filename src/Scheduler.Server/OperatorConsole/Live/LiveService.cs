using Scheduler.Server.Hosting;
using Scheduler.Server.OperatorConsole.Simulations;
using Scheduler.State;
using Scheduler.State.Drains;

namespace Scheduler.Server.OperatorConsole.Live;

/// <summary>Each second tells the pages that listen how things are; without one it does nothing.</summary>
internal sealed partial class LiveService(
    LiveHub hub, SiteBoard board, DrainLoop drains, Readiness readiness, ConfigurationCentre centre, SimulationDesk simulations, TimeProvider clock, ILogger<LiveService> log)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Ticks.RunAsync(Every, clock, Look, Failed, Recovered, stoppingToken);

    /// <summary>The message of this moment, framed.</summary>
    public byte[] Write() => LiveMessage.Framed(LiveMessage.Now(new LiveState(
        clock.GetUtcNow(), centre.Current.Revision, board.Rows(), drains.Progress, readiness.Degraded().Count, simulations.Progress())));

    private void Look()
    {
        if (hub.Listeners > 0) hub.Tell(Write());
    }

    [LoggerMessage(EventId = 252, Level = LogLevel.Error, Message = "The console's pages cannot be told how things are; they show what they were told last")]
    private partial void Failed(Exception fault);

    [LoggerMessage(EventId = 253, Level = LogLevel.Information, Message = "The console's pages are told again how things are")]
    private partial void Recovered();
}
