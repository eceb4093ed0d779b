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
    public void A_sample_is_told_once_with_the_slot_that_it_is_of()
    {
        var meter = new CommitMeter();
        Assert.Null(meter.Observe(100, March + 1_000));
        Assert.Null(meter.Observe(300, March + 150_000));
        Assert.Equal(March, meter.Observe(100, March + 300_000)!.Value.SlotUnixMs);
        Assert.Null(meter.Observe(100, March + 301_000));
        Assert.Equal(new CommitSample(March + 300_000, 100), meter.Observe(5, March + 600_000));
    }

    [Fact]
    public void A_month_that_was_kept_elsewhere_goes_on_and_ends_as_any()
    {
        var meter = new CommitMeter();
        meter.Refill(March + 5_000, [.. Enumerable.Range(0, 20).Select(i => i == 7 ? 900.0 : 400)]);
        Assert.Equal(400, meter.LevelMbps);
        meter.Observe(700, March + 7_000_000);
        Assert.Equal(400, meter.LevelMbps);
        meter.Observe(700, March + 7_300_000);
        Assert.Equal(21, meter.Samples);
        Assert.Equal(700, meter.LevelMbps);
        meter.Refill(March + 5_000, [400.0]);
        meter.Observe(10, March + (31L * 86_400_000)); // nobody looked before April
        Assert.Null(meter.LevelMbps);
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
