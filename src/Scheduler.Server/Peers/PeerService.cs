using Scheduler.Server.Hosting;
using Scheduler.Server.Peers.Channel;
using Scheduler.State;
using Scheduler.State.Control;
using Scheduler.State.Peers;

namespace Scheduler.Server.Peers;

/// <summary>Judges the peers ten times a second, says how many there are, and keeps a connection open to each.</summary>
internal sealed partial class PeerService(PeerBook book, PeerDialler dialler, ControlLoop control, SchedulerClock clock, ILogger<PeerService> log) : BackgroundService
{
    private readonly Dictionary<byte, Task> _dialled = [];
    private readonly Dictionary<byte, PeerState> _told = [];

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        Judge();
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(PeerRules.BatchMs), clock.Time);
        while (await timer.NextAsync(stoppingToken))
        {
            Judge();
            foreach (Peer peer in book.Roll.Peers) Look(peer, stoppingToken);
        }
        await Task.WhenAll(_dialled.Values);
    }

    private void Judge()
    {
        book.Tick();
        control.Count(book.Roll.Assigning, book.Roll.Silent);
    }

    private void Look(Peer peer, CancellationToken stopping)
    {
        byte number = peer.Id.Number;
        if (peer.State != PeerState.Left && (!_dialled.TryGetValue(number, out Task? dialled) || dialled.IsCompleted))
            _dialled[number] = Task.Run(() => dialler.KeepAsync(number, stopping), CancellationToken.None);
        if (_told.TryGetValue(number, out PeerState before) && before == peer.State) return;
        _told[number] = peer.State;
        if (peer.State is PeerState.Live or PeerState.Left) Stands(peer.Id, peer.Member.Draft.Name, peer.State);
        else Missing(peer.Id, peer.Member.Draft.Name, peer.State);
    }

    [LoggerMessage(EventId = 207, Level = LogLevel.Information, Message = "Peer {Peer} ({Name}) is {State}")]
    private partial void Stands(ReplicaStart peer, string name, PeerState state);

    [LoggerMessage(EventId = 208, Level = LogLevel.Warning, Message = "Peer {Peer} ({Name}) is {State}")]
    private partial void Missing(ReplicaStart peer, string name, PeerState state);
}
