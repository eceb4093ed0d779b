using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Scheduler.Core.Geo;

namespace Scheduler.Tests.Core.Geo;

public class IpPrefixTests
{
    [Theory]
    [InlineData("10.0.0.0/8", "10.0.0.0/8")]
    [InlineData("10.1.2.3/8", "10.0.0.0/8")]
    [InlineData("0.0.0.0/0", "0.0.0.0/0")]
    [InlineData("192.0.2.1", "192.0.2.1/32")]
    [InlineData("2001:db8::/32", "2001:db8::/32")]
    [InlineData("::/0", "::/0")]
    [InlineData("2001:db8::1", "2001:db8::1/128")]
    [InlineData("::ffff:10.0.0.0/104", "10.0.0.0/8")]
    [InlineData("::ffff:0.0.0.0/96", "0.0.0.0/0")]
    [InlineData("::ffff:10.0.0.0/95", "::fffe:0:0/95")]
    [InlineData("::ffff:10.0.0.0/20", "::/20")]
    public void Reads_and_writes(string text, string written) => Assert.Equal(written, Parse(text).ToString());

    [Theory]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("10.0.0.0/8x")]
    [InlineData("10.0.0.0/+8")]
    [InlineData("/8")]
    [InlineData("2001:db8::/129")]
    [InlineData("10.0.0/8")]
    public void Refuses_what_is_no_prefix(string text) => Assert.False(IpPrefix.TryParse(Encoding.ASCII.GetBytes(text), out _));

    [Fact]
    public void A_prefix_of_one_family_holds_no_address_of_the_other()
    {
        Assert.False(Parse("::/0").Contains(IpKey.FromV4(1)));
        Assert.False(Parse("::ffff:0:0/95").Contains(IpKey.FromV4(1)));
        Assert.True(Parse("0.0.0.0/0").Contains(IpKey.FromV4(1)));
        Assert.False(Parse("0.0.0.0/0").Contains(new IpKey(0, 1)));
    }

    [Fact]
    public void A_prefix_holds_exactly_the_addresses_from_its_first_to_its_last() => Prop
        .ForAll<ulong, ulong, byte>((high, low, length) =>
        {
            bool v4 = high % 2 == 0;
            IpKey address = v4 ? IpKey.FromV4((uint)low) : new IpKey(high, low);
            var prefix = IpPrefix.Around(address, length % (address.Bits + 1));
            UInt128 first = prefix.Network.Value, last = prefix.Last.Value;
            bool inside = prefix.Contains(address) && prefix.Contains(prefix.Network) && prefix.Contains(prefix.Last);
            bool outside = (first == 0 || !prefix.Contains(new IpKey(first - 1))) && (last == UInt128.MaxValue || !prefix.Contains(new IpKey(last + 1)));
            return inside && outside && last - first == (prefix.Length == 0 && !v4 ? UInt128.MaxValue : (UInt128.One << (address.Bits - prefix.Length)) - 1)
                && Parse(prefix.ToString()) == prefix;
        })
        .QuickCheckThrowOnFailure();

    [Fact]
    public void A_length_beyond_the_family_is_a_bug_of_the_caller() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => IpPrefix.Around(IpKey.FromV4(0), 33));

    internal static IpPrefix Parse(string text) =>
        IpPrefix.TryParse(Encoding.ASCII.GetBytes(text), out IpPrefix prefix) ? prefix : throw new FormatException(text);
}
