using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Scheduler.Protocol.V1.Reports;

namespace Scheduler.Tests.Protocol.V1;

public sealed class Rfc3339Tests
{
    [Theory]
    [InlineData("1970-01-01T00:00:00Z", 0)]
    [InlineData("2025-11-22T17:35:18Z", 1763832918000)]
    [InlineData("2025-11-22T17:35:18.25Z", 1763832918250)]
    [InlineData("2025-11-22T17:35:18.123456789Z", 1763832918123)]
    [InlineData("2025-11-22t17:35:18z", 1763832918000)]
    [InlineData("2025-11-22T18:35:18+01:00", 1763832918000)]
    [InlineData("2025-11-22T12:05:18.5-05:30", 1763832918500)]
    [InlineData("2016-12-31T23:59:60Z", 1483228800000)]
    [InlineData("2024-02-29T00:00:00Z", 1709164800000)]
    public void A_time_is_read(string text, long unixMs)
    {
        Assert.True(Rfc3339.TryRead(WireSamples.Utf8(text), out long read));
        Assert.Equal(unixMs, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2025-11-22")]
    [InlineData("2025-11-22T17:35:18")]
    [InlineData("2025-11-22 17:35:18Z")]
    [InlineData("2025-11-22T17:35:18.Z")]
    [InlineData("2025-11-22T17:35:18.5")]
    [InlineData("2025-11-22T17:35:18ZZ")]
    [InlineData("2025-11-22T17:35:18+1:00")]
    [InlineData("2025-11-22T17:35:18+24:00")]
    [InlineData("2025-13-22T17:35:18Z")]
    [InlineData("2025-00-22T17:35:18Z")]
    [InlineData("2025-02-29T17:35:18Z")]
    [InlineData("2025-11-31T17:35:18Z")]
    [InlineData("2025-11-22T24:00:00Z")]
    [InlineData("2025-11-22T17:60:18Z")]
    [InlineData("2025-11-22T17:35:61Z")]
    [InlineData("0000-11-22T17:35:18Z")]
    [InlineData("20x5-11-22T17:35:18Z")]
    public void What_is_no_time_is_refused(string text) => Assert.False(Rfc3339.TryRead(WireSamples.Utf8(text), out _));

    [Fact]
    public void Any_time_is_read_as_it_was_written()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            Random random = new(seed);
            DateTimeOffset time = DateTimeOffset.FromUnixTimeMilliseconds(random.NextInt64(-60_000_000_000_000, 250_000_000_000_000))
                .ToOffset(TimeSpan.FromMinutes(random.Next(-840, 841)));
            string text = time.ToString("yyyy-MM-ddTHH:mm:ss.fffzzz", CultureInfo.InvariantCulture);
            return Rfc3339.TryRead(WireSamples.Utf8(text), out long unixMs) && unixMs == time.ToUnixTimeMilliseconds();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }
}
