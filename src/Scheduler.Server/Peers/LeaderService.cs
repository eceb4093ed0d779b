using Scheduler.Server.Hosting;
using Scheduler.State;
using Scheduler.State.Peers;
using Scheduler.State.Ports;

namespace Scheduler.Server.Peers;

/// <summary>Holds the lease of the one replica that plans, or waits for it to become free.</summary>
internal sealed partial class LeaderService(ILeadership leadership, PeerBook book, LeaderSeat seat, StoreNews news, SchedulerClock clock, ILogger<LeaderService> log)
    : BackgroundService
{
    /// <summary>How long the lease holds: a dead leader's successor takes it this much later at most, and a second.</summary>
    public static readonly TimeSpan Term = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterItsEnd = TimeSpan.FromMilliseconds(20);
    private bool _failing;

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await ResignAsync(cancellationToken);
    }

    /// <summary>Gives the lease up, if it is held, so that another need not wait for its end.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    public async ValueTask ResignAsync(CancellationToken cancellation)
    {
        if (!seat.Leads) return;
        long fence = seat.Fence;
        seat.Vacate(fence);
        try
        {
            await leadership.ResignAsync(fence, cancellation);
        }
        catch (IOException)
        {
            // It runs out by itself.
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using StoreNewsReader wakes = news.Subscribe(StoreChange.Members, Renewal);
        TimeSpan ends;
        do
        {
            ends = Renewal;
            try
            {
                if (book.IsSuperseded) seat.Vacate(seat.Fence);
                else ends = await HoldAsync(stoppingToken);
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
        while (await RestAsync(ends, wakes, stoppingToken));
    }

    /// <summary>Waits a second or until the lease changes hands; who waits for another's lease, until it ends and not a second after.</summary>
    private async ValueTask<bool> RestAsync(TimeSpan ends, StoreNewsReader wakes, CancellationToken stopping)
    {
        if (ends >= Renewal) return await wakes.NextAsync(stopping);
        await Task.Delay(ends, clock.Time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !stopping.IsCancellationRequested;
    }

    /// <returns>When to ask again.</returns>
    private async Task<TimeSpan> HoldAsync(CancellationToken cancellation)
    {
        byte? before = seat.Leader;
        Leadership now = await leadership.HoldAsync(book.Id.Number, book.Id.Start, Term, cancellation);
        seat.Learn(now.Leader, now.Fence);
        if (before != seat.Leader && seat.Leader is { } leader) Leads(leader, seat.Fence);
        return now.Leader == book.Id.Number || now.Left >= Renewal ? Renewal : TimeSpan.FromTicks(Math.Max(0, now.Left.Ticks)) + AfterItsEnd;
    }

    [LoggerMessage(EventId = 210, Level = LogLevel.Information, Message = "Replica {Leader} leads, under fence {Fence}")]
    private partial void Leads(byte leader, long fence);

    [LoggerMessage(EventId = 211, Level = LogLevel.Warning, Message = "The lease of the leader cannot be held or asked for: whoever led leads on, and nobody takes over")]
    private partial void Failed(Exception fault);

    [LoggerMessage(EventId = 212, Level = LogLevel.Information, Message = "The lease of the leader can be held again")]
    private partial void Recovered();
}
