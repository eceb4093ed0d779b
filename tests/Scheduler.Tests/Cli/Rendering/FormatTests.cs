using Scheduler.Cli.Rendering;
using Scheduler.Protocol.Documents;

namespace Scheduler.Tests.Cli.Rendering;

public sealed class FormatTests
{
    [Theory]
    [InlineData(0.0, "0 %")]
    [InlineData(0.0001, "<0.1 %")]
    [InlineData(0.034, "3.4 %")]
    [InlineData(0.0996, "10 %")]
    [InlineData(0.72, "72 %")]
    [InlineData(1.2, "120 %")]
    [InlineData(null, "–")]
    [InlineData(double.NaN, "–")]
    public void Percentages(double? ratio, string text) => Assert.Equal(text, Format.Percent(ratio));

    [Theory]
    [InlineData(0.2134, "0.21 ms")]
    [InlineData(8.14, "8.1 ms")]
    [InlineData(140.2, "140 ms")]
    [InlineData(2_500.0, "2.5 s")]
    [InlineData(null, "–")]
    public void Milliseconds(double? ms, string text) => Assert.Equal(text, Format.Millis(ms));

    [Theory]
    [InlineData(21.5e9, "21.5 Gbit/s")]
    [InlineData(4e13, "40 Tbit/s")]
    [InlineData(-1, "–")]
    [InlineData(1e300, "–")]
    public void Bit_rates(double bps, string text) => Assert.Equal(text, Format.BitRate(bps));

    [Theory]
    [InlineData(12, "12 s")]
    [InlineData(185, "3 min 5 s")]
    [InlineData(7_200, "2 h")]
    [InlineData(349_200, "4 d 1 h")]
    [InlineData(-90, "-1 min 30 s")]
    public void Lengths_of_time(double seconds, string text) => Assert.Equal(text, Format.Duration(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Text_from_outside_cannot_drive_the_terminal() => Assert.Equal("a·[31mred·x", Format.Plain("a\e[31mred\rx"));

    [Theory]
    [InlineData("30s", 30)]
    [InlineData("2h", 7_200)]
    [InlineData("1h30m", 5_400)]
    [InlineData("1.5d", 129_600)]
    [InlineData("250ms", 0.25)]
    public void Lengths_of_time_are_read(string text, double seconds)
    {
        Assert.True(DurationText.TryParse(text, out TimeSpan duration));
        Assert.Equal(seconds, duration.TotalSeconds, 6);
    }

    [Theory]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("h")]
    [InlineData("-2h")]
    [InlineData("0s")]
    [InlineData("30m1h")]
    [InlineData("1h 30m")]
    [InlineData("1.2.3s")]
    [InlineData("99999999999d")]
    public void What_is_no_length_of_time_is_refused(string text) => Assert.False(DurationText.TryParse(text, out _));
}
