using System.Collections.Immutable;
using Scheduler.State.Ports;

namespace Scheduler.State.Planning;

/// <summary>
/// Keeps what sites were metered at in a store, and begins with the month that it has: each replica reads it once, and again when it comes to lead; the leader writes
/// each slot when it has ended. While the store is gone slots wait. Calls come one after the other.
/// </summary>
/// <param name="store">Where to.</param>
/// <param name="bills">What was metered.</param>
/// <param name="clock">The time.</param>
public sealed class MeterJournal(IMeterStore store, SiteBills bills, SchedulerClock clock)
{
    private bool _hasRead;
    private bool _led;
    private DateTimeOffset? _pruned;

    /// <summary>Reads the month where it has not been read, and writes what waits.</summary>
    /// <param name="leads">True where this replica is the one that writes.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="IOException">The store failed; what waits, waits on.</exception>
    public async ValueTask StepAsync(bool leads, CancellationToken cancellation)
    {
        DateTimeOffset month = SiteBills.MonthOf(clock.UnixMs);
        if (!_hasRead || (leads && !_led))
        {
            bills.Refill(await store.ReadAsync(month, month.AddMonths(1), cancellation), clock.UnixMs);
            _hasRead = true;
        }
        _led = leads;
        if (!leads) return;
        ImmutableArray<MeterSlot> waiting = bills.Waiting();
        if (!waiting.IsEmpty)
        {
            await store.AppendAsync(waiting, cancellation);
            bills.Kept(waiting);
        }
        if (_pruned == month) return;
        await store.PruneAsync(month.AddMonths(-1), cancellation); // the month before stays, for whoever checks a bill
        _pruned = month;
    }
}
