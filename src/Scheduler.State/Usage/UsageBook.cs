using System.Collections.Concurrent;
using System.Collections.Immutable;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Routing;

namespace Scheduler.State.Usage;

/// <summary>
/// Counts what is served, hour by hour. Requests count with a look-up and interlocked additions, whichever thread they are on; the hour is turned by the journal, so what comes
/// within its step of the full hour may be counted in the one before. There are as many counts as pairs of a site and a tenant that met in the hour.
/// </summary>
public sealed class UsageBook
{
    /// <summary>Hours that wait to be kept at most, three days: a store that is gone for longer has a hole.</summary>
    public const int MostWaiting = 72;

    private readonly long _writer;
    private readonly List<Hour> _ended = []; // touched by the journal alone, but for its count
    private volatile Hour _hour;
    private volatile int _waiting;

    private sealed class Counts
    {
        public long Sessions;
        public long Refusals;
        public long Kilobits;
        public long RttMicroseconds;
    }

    /// <summary>An hour; what sites carried is touched by the journal alone.</summary>
    private sealed class Hour(long startMs)
    {
        public long StartMs => startMs;

        public ConcurrentDictionary<(int Site, string Tenant), Counts> Counts { get; } = new();

        public Dictionary<int, (double[] Sum, int[] Looks)> Sites { get; } = [];
    }

    /// <summary>A book that has counted nothing.</summary>
    /// <param name="unixMs">Now, Unix ms.</param>
    /// <param name="writer">Names this start of this replica among all.</param>
    public UsageBook(long unixMs, long writer) => (_writer, _hour) = (writer, new Hour(UsageHour.StartOf(unixMs)));

    /// <summary>Hours that have ended and wait to be kept.</summary>
    public int Waiting => _waiting;

    /// <summary>A session was asked for: opened at the site of the first candidate, or refused, which belongs to the site that is the best for the viewer while nothing is full.</summary>
    /// <param name="snapshot">The snapshot of the request.</param>
    /// <param name="row">Row of the viewer's candidates.</param>
    /// <param name="tenant">Tenant of the key; null for none.</param>
    /// <param name="decision">The decision.</param>
    public void Decided(RoutingSnapshot snapshot, int row, string? tenant, in Decision decision)
    {
        if (!decision.Refused)
        {
            if (snapshot.Fleet.Sites[decision[0].Site] is not { } site) return;
            Counts opened = At(site.Number, tenant);
            Interlocked.Increment(ref opened.Sessions);
            Interlocked.Add(ref opened.RttMicroseconds, (long)(decision[0].RttMs * 1_000));
        }
        else if (snapshot.Candidates.SitesOf(row) is [var first, ..] && first < snapshot.Fleet.Sites.Length && snapshot.Fleet.Sites[first] is { } nearest)
        {
            Interlocked.Increment(ref At(nearest.Number, tenant).Refusals);
        }
    }

    /// <summary>A session has played on.</summary>
    /// <param name="snapshot">The snapshot of the request.</param>
    /// <param name="node">Index of its node; one that is gone from the fleet is passed over.</param>
    /// <param name="tenant">Tenant of the key; null for none.</param>
    /// <param name="kilobits">What it carried since its last beat; at least 0.</param>
    public void Carried(RoutingSnapshot snapshot, int node, string? tenant, long kilobits)
    {
        if (node >= snapshot.Fleet.Nodes.Length || snapshot.Fleet.Nodes[node] is not { } there || snapshot.Fleet.Sites[there.SiteIndex] is not { } site) return;
        Interlocked.Add(ref At(site.Number, tenant).Kilobits, kilobits);
    }

    /// <summary>Notes the load of a site; several looks within five minutes make their mean.</summary>
    /// <param name="site">Permanent number of the site.</param>
    /// <param name="kbps">Its load, kbit/s.</param>
    /// <param name="unixMs">Now, Unix ms, in the hour that the book was turned to.</param>
    public void Look(int site, long kbps, long unixMs)
    {
        Hour hour = _hour;
        long slot = (unixMs - hour.StartMs) * UsageHour.Slots / UsageHour.LengthMs;
        if (slot is < 0 or >= UsageHour.Slots) return; // the calendar was set in between
        if (!hour.Sites.TryGetValue(site, out (double[] Sum, int[] Looks) looks)) hour.Sites[site] = looks = (new double[UsageHour.Slots], new int[UsageHour.Slots]);
        looks.Sum[slot] += kbps;
        looks.Looks[slot]++;
    }

    /// <summary>Turns the book to the hour of a moment. A calendar that is set back begins a new hour under the old name, of which this writer then has said less.</summary>
    /// <param name="unixMs">Now, Unix ms.</param>
    public void Turn(long unixMs)
    {
        if (UsageHour.StartOf(unixMs) == _hour.StartMs) return;
        _ended.Add(_hour);
        if (_ended.Count > MostWaiting) _ended.RemoveAt(0);
        _waiting = _ended.Count;
        _hour = new Hour(UsageHour.StartOf(unixMs));
    }

    /// <summary>What there is to keep: the hours that have ended, and so far the one that lasts.</summary>
    public ImmutableArray<UsageHour> Read() => [.. _ended.Append(_hour).Where(hour => !hour.Counts.IsEmpty || hour.Sites.Count > 0).Select(Written)];

    /// <summary>Hours were kept; those that ended a while ago need not wait any more.</summary>
    /// <param name="unixMs">Now, Unix ms.</param>
    public void Kept(long unixMs)
    {
        // A thread that was counting when the hour was turned has long done so by the next time: until then the hour is kept once more.
        _ended.RemoveAll(hour => unixMs - hour.StartMs >= UsageHour.LengthMs + 60_000 || hour.StartMs > unixMs);
        _waiting = _ended.Count;
    }

    private Counts At(int site, string? tenant) => _hour.Counts.GetOrAdd((site, tenant ?? ""), static _ => new Counts());

    private UsageHour Written(Hour hour) => new(
        DateTimeOffset.FromUnixTimeMilliseconds(hour.StartMs), _writer,
        [
            .. hour.Sites.OrderBy(site => site.Key).Select(site => new SiteUsage(
                site.Key, [.. site.Value.Sum.Zip(site.Value.Looks, (sum, looks) => looks == 0 ? (long?)null : (long)Math.Round(sum / looks))])),
        ],
        [
            .. hour.Counts.OrderBy(counts => counts.Key.Site).ThenBy(counts => counts.Key.Tenant, StringComparer.Ordinal).Select(counts => new TenantUsage(
                counts.Key.Site, counts.Key.Tenant.Length == 0 ? null : counts.Key.Tenant, Volatile.Read(ref counts.Value.Sessions), Volatile.Read(ref counts.Value.Refusals),
                Volatile.Read(ref counts.Value.Kilobits), Volatile.Read(ref counts.Value.RttMicroseconds) / 1_000.0)),
        ]);
}
