using Scheduler.Core.Cost;
using Scheduler.Core.Topology;

namespace Scheduler.State.Usage;

/// <summary>
/// Makes a report of hours. A site that is billed by its 95th percentile costs its price times that percentile, or the commit where that is more, for the time of the span
/// (<see cref="HourlyCost.HoursPerMonth"/>); any other its price times what it carried. Prices are those of now.
/// </summary>
public sealed class UsageReportBuilder
{
    private const double SlotS = 300;
    private const double BitsPerKbit = 1_000;

    private readonly DateTimeOffset _from;
    private readonly DateTimeOffset _to;
    private readonly int _slots;
    private readonly Dictionary<int, ReportedSite> _sites;
    private readonly Dictionary<int, double?[]> _loads = [];
    private readonly Dictionary<(int Site, string Tenant), TenantUsage> _tenants = [];
    private readonly Dictionary<(string Tenant, int Hour), double> _tenantHours = [];

    /// <summary>A report of some hours.</summary>
    /// <param name="hours">The hours, of all writers; those outside of the span are passed over.</param>
    /// <param name="sites">The sites that there are.</param>
    /// <param name="from">The first moment of the span, a full hour.</param>
    /// <param name="to">The first moment after it, a full hour, later than <paramref name="from"/>.</param>
    public UsageReportBuilder(IEnumerable<UsageHour> hours, IEnumerable<ReportedSite> sites, DateTimeOffset from, DateTimeOffset to)
    {
        ArgumentNullException.ThrowIfNull(hours);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(to, from);
        (_from, _to, _slots) = (from, to, (int)((to - from).TotalSeconds / SlotS));
        _sites = sites.ToDictionary(site => site.Number);
        foreach (UsageHour hour in hours)
            if (hour.Start >= from && hour.Start < to) Take(hour);
    }

    /// <summary>The report.</summary>
    /// <param name="by">What rows are about.</param>
    public UsageReport Build(UsageBy by)
    {
        int[] all = [.. _loads.Keys.Union(_tenants.Keys.Select(key => key.Site))];
        IEnumerable<UsageRow> rows = by switch
        {
            UsageBy.Site => all.Select(site => RowOf(NameOf(site), [site])),
            UsageBy.Region => all.GroupBy(RegionOf).Select(region => RowOf(region.Key, [.. region])),
            _ => _tenants.Keys.GroupBy(key => key.Tenant).Select(tenant => TenantRow(tenant.Key)),
        };
        return new UsageReport(_from, _to, by, [.. rows.OrderByDescending(row => row.Bits).ThenBy(row => row.Name, StringComparer.Ordinal)], RowOf("total", all));
    }

    private void Take(UsageHour hour)
    {
        int hourOfSpan = (int)(hour.Start - _from).TotalHours;
        foreach (SiteUsage site in hour.Sites)
        {
            if (!_loads.TryGetValue(site.Site, out double?[]? loads)) _loads[site.Site] = loads = new double?[_slots];
            for (int i = 0; i < site.Kbps.Length; i++)
            {
                // Two replicas that led in the same five minutes saw about the same; the greater is kept.
                ref double? load = ref loads[(hourOfSpan * UsageHour.Slots) + i];
                if (site.Kbps[i] is { } kbps && !(load >= kbps)) load = kbps;
            }
        }
        foreach (TenantUsage one in hour.Tenants)
        {
            string tenant = one.Tenant ?? "";
            TenantUsage so = _tenants.GetValueOrDefault((one.Site, tenant)) ?? new TenantUsage(one.Site, one.Tenant, 0, 0, 0, 0);
            _tenants[(one.Site, tenant)] = so with
            {
                Sessions = so.Sessions + one.Sessions,
                Refusals = so.Refusals + one.Refusals,
                Kilobits = so.Kilobits + one.Kilobits,
                RttMs = so.RttMs + one.RttMs,
            };
            _tenantHours[(tenant, hourOfSpan)] = _tenantHours.GetValueOrDefault((tenant, hourOfSpan)) + one.Kilobits;
        }
    }

    private string NameOf(int site) => _sites.TryGetValue(site, out ReportedSite? known) ? known.Id : $"#{site}"; // gone from the fleet

    private string RegionOf(int site) => _sites.TryGetValue(site, out ReportedSite? known) ? known.Region : "#gone";

    private UsageRow RowOf(string name, int[] sites)
    {
        double?[] sum = new double?[_slots];
        double commit = 0;
        foreach (int site in sites)
        {
            if (_sites.TryGetValue(site, out ReportedSite? known)) commit += known.Tariff.Commit.BitsPerSecond;
            if (!_loads.TryGetValue(site, out double?[]? loads)) continue;
            for (int i = 0; i < _slots; i++)
                if (loads[i] is { } load) sum[i] = (sum[i] ?? 0) + load;
        }
        HashSet<int> among = [.. sites];
        TenantUsage[] served = [.. _tenants.Values.Where(usage => among.Contains(usage.Site))];
        return With(name, sum, SlotS, sites.Sum(CostOf), served) with { CommitBps = commit };
    }

    private UsageRow TenantRow(string tenant)
    {
        double?[] hours = new double?[_slots / UsageHour.Slots];
        foreach (((string whose, int hour), double kilobits) in _tenantHours)
            if (whose == tenant) hours[hour] = kilobits / (UsageHour.LengthMs / 1_000.0);
        TenantUsage[] served = [.. _tenants.Values.Where(usage => (usage.Tenant ?? "") == tenant)];
        double cost = served.Sum(usage =>
        {
            double all = _tenants.Values.Where(other => other.Site == usage.Site).Sum(other => (double)other.Kilobits);
            return all > 0 ? CostOf(usage.Site) * usage.Kilobits / all : 0;
        });
        return With(tenant, hours, UsageHour.LengthMs / 1_000.0, cost, served);
    }

    private static UsageRow With(string name, double?[] kbps, double eachS, double cost, TenantUsage[] served)
    {
        double[] samples = [.. kbps.OfType<double>()];
        long sessions = served.Sum(usage => usage.Sessions);
        return new UsageRow(
            name, samples.Sum() * eachS * BitsPerKbit, samples.Length == 0 ? null : samples.Max() * BitsPerKbit, PercentileOf(samples) * BitsPerKbit, null, cost, sessions,
            sessions == 0 ? null : served.Sum(usage => usage.RttMs) / sessions, served.Sum(usage => usage.Refusals));
    }

    private double CostOf(int site)
    {
        if (!_sites.TryGetValue(site, out ReportedSite? known) || !_loads.TryGetValue(site, out double?[]? loads)) return 0;
        double[] samples = [.. loads.OfType<double>()];
        double hours = samples.Length * SlotS / 3_600, mbps = samples.Length == 0 ? 0 : samples.Average() / 1_000;
        if (known.Tariff.Billing == TariffBilling.Percentile95) mbps = Math.Max((PercentileOf(samples) ?? 0) / 1_000, known.Tariff.Commit.Mbps);
        return known.Tariff.PricePerMbps * mbps * hours / HourlyCost.HoursPerMonth;
    }

    private static double? PercentileOf(double[] samples)
    {
        if (samples.Length == 0) return null;
        var meter = new PercentileMeter(samples.Length);
        foreach (double sample in samples) meter.Add(sample);
        return meter.Level;
    }
}
