using System.Collections.Immutable;
using Scheduler.Core.Topology;
using Scheduler.Core.Units;
using Scheduler.State.Usage;

namespace Scheduler.Tests.State.Usage;

public sealed class UsageReportTests
{
    private static readonly DateTimeOffset T0 = new(2030, 5, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Tariff Committed = new("p95", 2, TariffBilling.Percentile95, new BitRate(100_000_000));
    private static readonly Tariff Flat = new("flat", 3, TariffBilling.Flat, new BitRate(0));
    private static readonly ReportedSite[] Sites = [new(1, "lon1", "europe", Committed), new(2, "ams1", "europe", Flat), new(3, "nrt1", "asia", Flat)];

    [Fact]
    public void A_committed_site_costs_its_95th_percentile_over_the_commit_and_a_flat_one_what_it_carried()
    {
        // Twenty hours: the dearest twentieth of 240 samples, twelve, is free.
        UsageHour[] hours = [.. Enumerable.Range(0, 20).Select(h => Hour(h, 1, [Site(1, h == 7 ? 900_000 : 200_000), Site(2, 50_000)]))];
        UsageReport report = Build(hours, 20, UsageBy.Site);
        UsageRow lon = report.Rows[0], ams = report.Rows[1];
        Assert.Equal(("lon1", 900e6, 200e6, 100e6), (lon.Name, lon.PeakBps, lon.P95Bps, lon.CommitBps));
        Assert.Equal(2 * 200.0 * 20 / 730, lon.Cost, 9);
        Assert.Equal(((19 * 200e6) + 900e6) * 3_600, lon.Bits, 0);
        Assert.Equal(3 * 50.0 * 20 / 730, ams.Cost, 9);
        Assert.Equal(lon.Cost + ams.Cost, report.Total.Cost, 9);
    }

    [Fact]
    public void Below_its_commit_a_site_costs_the_commit()
    {
        UsageRow lon = Build([Hour(0, 1, [Site(1, 30_000)])], 1, UsageBy.Site).Rows.Single();
        Assert.Equal(2 * 100.0 / 730, lon.Cost, 9);
    }

    [Fact]
    public void The_peak_of_a_region_is_that_of_its_sum()
    {
        UsageHour[] hours = [Hour(0, 1, [Site(1, 10_000), Site(2, 0), Site(3, 1_000)]), Hour(1, 1, [Site(1, 0), Site(2, 8_000), Site(3, 1_000)])];
        UsageReport report = Build(hours, 2, UsageBy.Region);
        Assert.Equal([("europe", 10e6), ("asia", 1e6)], report.Rows.Select(row => (row.Name, row.PeakBps!.Value)));
        Assert.Equal(11e6, report.Total.PeakBps);
    }

    [Fact]
    public void Writers_of_one_hour_add_up_but_for_what_two_of_them_looked_at()
    {
        UsageHour one = Hour(0, 1, [new SiteUsage(1, [1_000, null, 2_000])], new TenantUsage(1, "acme", 3, 1, 600, 30));
        UsageHour two = Hour(0, 2, [new SiteUsage(1, [null, 500, 2_500])], new TenantUsage(1, "acme", 1, 0, 200, 50), new TenantUsage(1, null, 2, 4, 0, 10));
        UsageRow lon = Build([one, two], 1, UsageBy.Site).Rows.Single();
        Assert.Equal((1_000 + 500 + 2_500) * 1_000.0 * 300, lon.Bits);
        Assert.Equal((6L, 5L, 15.0), (lon.Sessions, lon.Refusals, lon.RttMs));
        UsageReport tenants = Build([one, two], 1, UsageBy.Tenant);
        Assert.Equal([("acme", 4L, 800_000.0), ("", 2L, 0.0)], tenants.Rows.Select(row => (row.Name, row.Sessions, row.Bits)));
        Assert.Equal(lon.Cost, tenants.Rows[0].Cost, 9); // all of the bits, all of the cost
    }

    [Fact]
    public void What_is_gone_from_the_fleet_or_outside_of_the_span_is_said_to_be_so_or_left_out()
    {
        UsageReport report = Build([Hour(-1, 1, [Site(1, 1)]), Hour(0, 1, [Site(9, 5_000)]), Hour(1, 1, [Site(1, 1)])], 1, UsageBy.Site);
        Assert.Equal([("#9", 0.0)], report.Rows.Select(row => (row.Name, row.Cost)));
        Assert.Empty(Build([], 1, UsageBy.Region).Rows);
        Assert.Null(Build([], 1, UsageBy.Region).Total.P95Bps);
    }

    private static UsageReport Build(IEnumerable<UsageHour> hours, int length, UsageBy by) => new UsageReportBuilder(hours, Sites, T0, T0.AddHours(length)).Build(by);

    private static UsageHour Hour(int hour, long writer, ImmutableArray<SiteUsage> sites, params ImmutableArray<TenantUsage> tenants) => new(T0.AddHours(hour), writer, sites, tenants);

    private static SiteUsage Site(int number, long kbps) => new(number, [.. Enumerable.Repeat((long?)kbps, UsageHour.Slots)]);
}
