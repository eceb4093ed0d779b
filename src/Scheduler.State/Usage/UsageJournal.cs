using Scheduler.Core.Routing;
using Scheduler.State.Control;
using Scheduler.State.Ports;

namespace Scheduler.State.Usage;

/// <summary>
/// Looks at what sites carry, where this replica leads, and keeps what was counted: every five minutes, and when an hour has ended. While the store is gone hours wait. Calls come one
/// after the other.
/// </summary>
/// <param name="store">Where to.</param>
/// <param name="book">What was counted.</param>
/// <param name="publisher">Gives sites and their load.</param>
/// <param name="clock">The time.</param>
public sealed class UsageJournal(IUsageStore store, UsageBook book, SnapshotPublisher publisher, SchedulerClock clock)
{
    /// <summary>Days that hours are kept: a year, and time to look back at it.</summary>
    public const int KeepDays = 400;

    private const long KeepEveryMs = 300_000;
    private const long PruneEveryMs = 24 * UsageHour.LengthMs;

    private long _keptAtMs;
    private long? _prunedAtMs;

    /// <summary>Looks, and keeps what is to be kept by now.</summary>
    /// <param name="leads">True where this replica looks at sites, for all.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="IOException">The store failed; what waits, waits on.</exception>
    public async ValueTask StepAsync(bool leads, CancellationToken cancellation)
    {
        long unixMs = clock.UnixMs, nowMs = clock.NowMs;
        book.Turn(unixMs);
        if (leads) Look(unixMs);
        if (nowMs - _keptAtMs >= KeepEveryMs)
        {
            await KeepAsync(cancellation);
            _keptAtMs = nowMs;
        }
        if (!leads || nowMs - _prunedAtMs < PruneEveryMs) return;
        await store.PruneAsync(clock.UtcNow.AddDays(-KeepDays), cancellation);
        _prunedAtMs = nowMs;
    }

    /// <summary>Keeps all that there is: at the end of the process, and before a report.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="IOException">The store failed; what waits, waits on.</exception>
    public async ValueTask KeepAsync(CancellationToken cancellation)
    {
        var hours = book.Read();
        if (hours.IsEmpty) return;
        await store.KeepAsync(hours, cancellation);
        book.Kept(clock.UnixMs);
    }

    private void Look(long unixMs)
    {
        if (publisher.Current is not { } snapshot) return;
        foreach (IndexedSite? site in snapshot.Fleet.Sites)
            if (site is not null) book.Look(site.Number, snapshot.Load.SiteLoadKbps(site.Index), unixMs);
    }
}
