using FsCheck;
using FsCheck.Fluent;
using Scheduler.Core.Units;
using Scheduler.Protocol.Documents;
using Scheduler.Protocol.Fleets;

namespace Scheduler.Tests.Protocol.Documents;

public sealed class BitRateTextTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("40000000000", 40_000_000_000)]
    [InlineData("6e8", 600_000_000)]
    [InlineData("40G", 40_000_000_000)]
    [InlineData("400M", 400_000_000)]
    [InlineData("1.5T", 1_500_000_000_000)]
    [InlineData("64k", 64_000)]
    [InlineData("64 kbit/s", 64_000)]
    [InlineData("10 Gbps", 10_000_000_000)]
    [InlineData("1.0000000004G", 1_000_000_000)]
    [InlineData("1000000T", 1_000_000_000_000_000_000)]
    public void A_number_with_or_without_a_unit_is_a_bit_rate(string text, long expected)
    {
        Assert.True(BitRateText.TryParse(text, out BitRate rate));
        Assert.Equal(expected, rate.BitsPerSecond);
    }

    [Theory]
    [InlineData("")]
    [InlineData("G")]
    [InlineData("-1")]
    [InlineData("-40G")]
    [InlineData("40GG")]
    [InlineData("40 G B")]
    [InlineData("1,5T")]
    [InlineData("0x10")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1e400")]
    [InlineData("1000001T")]
    [InlineData("99999999999999999999999999999999999999999")]
    public void Anything_else_is_not(string text) => Assert.False(BitRateText.TryParse(text, out _));

    [Fact]
    public void What_is_formatted_reads_back() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).SelectMany(a => Gen.Elements(1L, 7, 1_000, 1_000_000, 400_000_000).Select(b => a * b)).ToArbitrary(),
        bps => BitRateText.TryParse(BitRateText.Format(new BitRate(bps)), out BitRate rate) && rate.BitsPerSecond == bps).QuickCheckThrowOnFailure();
}
