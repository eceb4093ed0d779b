using System.Collections.Immutable;
using Scheduler.Core.Capacity;
using Scheduler.Core.Cost;
using Scheduler.Core.Planning;
using Scheduler.Core.Routing;
using Scheduler.State.Ports;

namespace Scheduler.State.Planning;

/// <summary>
/// Meters the sites that pay their 95th percentile over a commit, and tells plans and decisions from which load on a site costs more. What was metered waits here
/// to be kept: <see cref="MeterJournal"/>.
/// </summary>
public sealed class SiteBills
{
    /// <summary>Slots that wait at most, three days of them: a store that is gone for longer has a hole.</summary>
    public const int MostWaiting = 3 * 24 * 12;

    private readonly Lock _gate = new(); // the planner meters, the journal keeps; either holds it for microseconds
    private readonly Dictionary<int, CommitMeter> _byNumber = [];
    private readonly SortedDictionary<long, ImmutableArray<NumberedKbps>> _waiting = [];
    private readonly List<(long SlotUnixMs, NumberedKbps Load)> _ended = [];

    /// <summary>Slots that have ended and wait to be kept, the oldest first.</summary>
    public ImmutableArray<MeterSlot> Waiting()
    {
        lock (_gate)
        {
            return [.. _waiting.Select(slot => new MeterSlot(DateTimeOffset.FromUnixTimeMilliseconds(slot.Key), slot.Value))];
        }
    }

    /// <summary>Slots were kept and need not wait any more.</summary>
    /// <param name="slots">What <see cref="Waiting"/> told.</param>
    public void Kept(ImmutableArray<MeterSlot> slots)
    {
        lock (_gate)
        {
            foreach (MeterSlot slot in slots) _waiting.Remove(slot.Start.ToUnixTimeMilliseconds());
        }
    }

    /// <summary>Takes the month as it was kept, and what waits on top of it, in place of what was metered here.</summary>
    /// <param name="slots">The slots of the month.</param>
    /// <param name="unixMs">Now, in the same month, Unix ms.</param>
    public void Refill(ImmutableArray<MeterSlot> slots, long unixMs)
    {
        lock (_gate)
        {
            HashSet<DateTimeOffset> kept = [.. slots.Select(slot => slot.Start)];
            IEnumerable<MeterSlot> all = slots.Concat(Waiting().Where(slot => !kept.Contains(slot.Start) && slot.Start >= MonthOf(unixMs)));
            foreach (IGrouping<int, double> site in all.SelectMany(slot => slot.Sites).GroupBy(load => load.Number, load => load.Kbps / 1_000.0))
                MeterOf(site.Key).Refill(unixMs, site);
        }
    }

    /// <summary>First moment of the calendar month, UTC.</summary>
    /// <param name="unixMs">Any moment of it, Unix ms.</param>
    public static DateTimeOffset MonthOf(long unixMs)
    {
        DateTimeOffset at = DateTimeOffset.FromUnixTimeMilliseconds(unixMs);
        return new DateTimeOffset(at.Year, at.Month, 1, 0, 0, 0, TimeSpan.Zero);
    }

    /// <summary>Notes the load of a site, and has decisions read what more of it costs.</summary>
    /// <param name="snapshot">Gives policy and load.</param>
    /// <param name="site">The site.</param>
    /// <param name="unixMs">Now, Unix ms.</param>
    /// <returns>The bill as a term of a plan; null where every Mbit/s costs the same.</returns>
    internal CommitTerm? Observe(RoutingSnapshot snapshot, IndexedSite site, long unixMs)
    {
        SiteCost cost = snapshot.Policy.Cost;
        if (!cost.IsByCommit(site.Tariff))
        {
            snapshot.Load.SetBill(site.Index, null);
            return null;
        }
        double freeMbps;
        lock (_gate)
        {
            CommitMeter meter = MeterOf(site.Number);
            if (meter.Observe(snapshot.Load.SiteLoadKbps(site.Index) / 1_000.0, unixMs) is { } sample)
                _ended.Add((sample.SlotUnixMs, new NumberedKbps(site.Number, (long)Math.Round(sample.Mbps * 1_000))));
            freeMbps = meter.FreeMbps(site.Tariff.Commit.Mbps);
        }
        double priceMs = cost.PriceWeight * site.Tariff.PricePerMbps;
        snapshot.Load.SetBill(site.Index, new SiteBill(freeMbps * 1_000, priceMs));
        return new CommitTerm(freeMbps, priceMs);
    }

    /// <summary>All sites were looked at: what ended is whole, and waits to be kept.</summary>
    internal void EndLook()
    {
        lock (_gate)
        {
            foreach (IGrouping<long, NumberedKbps> slot in _ended.GroupBy(ended => ended.SlotUnixMs, ended => ended.Load))
                _waiting[slot.Key] = [.. slot.OrderBy(load => load.Number)];
            _ended.Clear();
            while (_waiting.Count > MostWaiting) _waiting.Remove(_waiting.First().Key);
        }
    }

    private CommitMeter MeterOf(int number)
    {
        if (!_byNumber.TryGetValue(number, out CommitMeter? meter)) _byNumber[number] = meter = new CommitMeter();
        return meter;
    }
}
