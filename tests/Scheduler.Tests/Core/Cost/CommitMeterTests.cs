using Scheduler.Core.Cost;

namespace Scheduler.Tests.Core.Cost;

public sealed class CommitMeterTests
{
    private static readonly long March = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    [Fact]
    public void A_sample_is_the_mean_of_five_minutes_by_time()
    {
        var meter = new CommitMeter();
        meter.Observe(100, March);
        meter.Observe(400, March + 200_000);
        meter.Observe(999, March + 300_000);
        Assert.Equal(1, meter.Samples);
        Assert.Equal(200, meter.LevelMbps!.Value, 1e-9);
    }

    [Fact]
    public void Looks_at_odd_moments_lose_nothing_at_the_edge_of_a_slot()
    {
        var meter = new CommitMeter();
        for (long at = 0; at <= 900_000; at += 700) meter.Observe(at < 300_000 ? 60 : 30, March + at);
        Assert.Equal(2, meter.Samples);
        Assert.Equal(60, meter.LevelMbps!.Value, 0.2);
    }

    [Fact]
    public void A_month_begins_anew_and_the_commit_holds_until_its_first_sample()
    {
        var meter = new CommitMeter();
        long april = March + (31L * 86_400_000);
        meter.Observe(500, april - 900_000);
        meter.Observe(500, april - 600_000);
        Assert.Equal(500, meter.FreeMbps(200));
        Assert.Equal(700, meter.FreeMbps(700));
        meter.Observe(500, april - 300_000);
        meter.Observe(500, april);
        Assert.Null(meter.LevelMbps);
        Assert.Equal(200, meter.FreeMbps(200));
    }

    [Fact]
    public void Slots_that_nobody_looked_at_are_no_samples()
    {
        var meter = new CommitMeter();
        meter.Observe(100, March);
        meter.Observe(100, March + 3_000_000);
        Assert.Equal(1, meter.Samples);
    }

    [Fact]
    public void A_calendar_that_is_set_back_begins_its_slot_anew()
    {
        var meter = new CommitMeter();
        meter.Observe(100, March + 600_000);
        meter.Observe(100, March + 700_000);
        meter.Observe(50, March + 300_000);
        meter.Observe(50, March + 600_000);
        Assert.Equal(1, meter.Samples);
        Assert.Equal(50, meter.LevelMbps);
    }
}
