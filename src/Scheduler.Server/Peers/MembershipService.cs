using System.Collections.Immutable;
using Scheduler.Protocol.Peers;
using Scheduler.Server.Hosting;
using Scheduler.Server.Peers.Channel;
using Scheduler.State.Peers;
using Scheduler.State.Ports;

namespace Scheduler.Server.Peers;

/// <summary>Tells the store each second that this replica lives, and learns from it who else does; at once when the store tells that somebody joined or left.</summary>
internal sealed partial class MembershipService(
    ClusterSeat seat, IMembership members, PeerBook book, PeerLinks links, StoreNews news, ILogger<MembershipService> log) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private bool _failing;
    private bool _hasLeft;
    private bool _hasJoined = seat.HasJoined;

    /// <summary>Leaves in good order: tells the peers that can be reached, and the store.</summary>
    /// <param name="cancellation">Ends the wait for the store.</param>
    public async ValueTask LeaveAsync(CancellationToken cancellation)
    {
        if (_hasLeft) return;
        _hasLeft = true;
        links.Broadcast(FrameType.Bye, []);
        try
        {
            await members.LeaveAsync(book.Id.Number, book.Id.Start, cancellation);
        }
        catch (IOException fault)
        {
            NotTold(fault); // peers know, or find out by our silence
        }
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await LeaveAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using StoreNewsReader wakes = news.Subscribe(StoreChange.Members, Beat);
        do
        {
            try
            {
                if (!_hasJoined) await JoinAsync(stoppingToken);
                else Learn(await members.BeatAsync(book.Id.Number, book.Id.Start, stoppingToken));
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
        while (await wakes.NextAsync(stoppingToken));
    }

    /// <summary>
    /// Joins with a start that was made without the store. The store counts starts one by one, and does not know of those that it missed: joining is repeated until it has come as far.
    /// Where it is further already, or gives another number, somebody else has started under the name or the number.
    /// </summary>
    private async Task JoinAsync(CancellationToken cancellation)
    {
        Member? joined;
        do joined = await members.JoinAsync(book.Self.Draft, cancellation);
        while (joined is not null && joined.Number == book.Id.Number && joined.Start < book.Id.Start);
        _hasJoined = true;
        if (joined is null || joined.Number != book.Id.Number || joined.Start != book.Id.Start) Learn([]);
    }

    private void Learn(ImmutableArray<Member> found)
    {
        bool before = book.IsSuperseded;
        book.Learn(found);
        if (book.IsSuperseded && !before) Superseded(book.Id, book.Self.Draft.Name);
    }

    [LoggerMessage(EventId = 200, Level = LogLevel.Warning, Message = "The store cannot be asked who the replicas are: the last known ones hold, and the peer channel tells who of them lives")]
    private partial void Failed(Exception fault);

    [LoggerMessage(EventId = 201, Level = LogLevel.Information, Message = "The store tells again who the replicas are")]
    private partial void Recovered();

    [LoggerMessage(EventId = 202, Level = LogLevel.Critical, Message = "Replica {Replica} is another process's by now: this one assigns nothing any more. Two processes may not run under one Scheduler:Cluster:Name ({Name})")]
    private partial void Superseded(ReplicaStart replica, string name);

    [LoggerMessage(EventId = 203, Level = LogLevel.Warning, Message = "The store was not told that this replica leaves")]
    private partial void NotTold(Exception fault);
}
