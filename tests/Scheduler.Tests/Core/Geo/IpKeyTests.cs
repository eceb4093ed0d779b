using System.Net;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Scheduler.Core.Geo;

namespace Scheduler.Tests.Core.Geo;

public class IpKeyTests
{
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("255.255.255.255")]
    [InlineData("81.2.69.142")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("1::")]
    [InlineData("2001:db8::8:800:200c:417a")]
    [InlineData("2001:0DB8:0000:0000:0008:0800:200C:417A")]
    [InlineData("1:2:3:4:5:6:7::")]
    [InlineData("::2:3:4:5:6:7:8")]
    [InlineData("64:ff9b::192.0.2.33")]
    [InlineData("1:2:3:4:5:6:192.0.2.33")]
    public void Reads_what_the_library_reads(string text)
    {
        Assert.True(IpKey.TryParse(Encoding.ASCII.GetBytes(text), out IpKey key));
        Assert.Equal(IPAddress.Parse(text), key.ToIPAddress());
        Assert.Equal(key, IpKey.From(IPAddress.Parse(text)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1.2.3.256")]
    [InlineData("01.2.3.4")]
    [InlineData("1..2.3")]
    [InlineData("1.2.3.")]
    [InlineData("1.2.3.4 ")]
    [InlineData(":")]
    [InlineData(":1")]
    [InlineData("1:")]
    [InlineData(":::")]
    [InlineData("1::2::3")]
    [InlineData("1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:7:8:9")]
    [InlineData("1:2:3:4:5:6:7:8::")]
    [InlineData("1:2:3:4:5:6:7:1.2.3.4")]
    [InlineData("12345::")]
    [InlineData("::1.2.3")]
    [InlineData("::1.2.3.4:5")]
    [InlineData("fe80::1%eth0")]
    [InlineData("[::1]")]
    [InlineData("g::")]
    public void Refuses_what_is_no_address(string text) => Assert.False(IpKey.TryParse(Encoding.ASCII.GetBytes(text), out _));

    [Fact]
    public void A_mapped_address_is_the_IPv4_address()
    {
        Assert.True(IpKey.TryParse("::ffff:192.0.2.1"u8, out IpKey mapped));
        Assert.True(IpKey.TryParse("192.0.2.1"u8, out IpKey plain));
        Assert.Equal(plain, mapped);
        Assert.True(mapped.IsV4);
        Assert.Equal(0xC0000201u, mapped.V4);
        Assert.Equal("192.0.2.1", mapped.ToString());
        Assert.Equal(plain, IpKey.From(IPAddress.Parse("::ffff:192.0.2.1")));
    }

    [Fact]
    public void Any_address_survives_being_written_and_read() => Prop
        .ForAll<ulong, ulong, bool>((high, low, v4) =>
        {
            IpKey key = v4 ? IpKey.FromV4((uint)low) : new IpKey(high, low);
            return IpKey.TryParse(Encoding.ASCII.GetBytes(key.ToString()), out IpKey read) && read == key;
        })
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Agrees_with_the_library_on_anything_made_of_hexadecimal_digits_and_colons()
    {
        // Short strings over few letters hit the borders of the grammar far more often than random text would.
        Gen<string> texts = Gen.Elements("1", "0", "ab", ":", "::", ":", ":").ListOf().Select(parts => string.Concat(parts));
        Prop.ForAll(texts.ToArbitrary(), text =>
        {
            if (!text.Contains(':')) return true;
            bool ours = IpKey.TryParse(text, out IpKey key);
            bool theirs = IPAddress.TryParse(text, out IPAddress? address);
            return ours == theirs && (!ours || key == IpKey.From(address!));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));
    }

    [Fact]
    public void Reading_allocates_nothing()
    {
        IPAddress address = IPAddress.Parse("2001:db8::1");
        Assert.True(IpKey.TryParse("2001:db8::1.2.3.4"u8, out _));
        _ = IpKey.From(address);
        Assert.Equal(0, Allocated.Bytes(() =>
        {
            for (int i = 0; i < 1_000; i++)
            {
                IpKey.TryParse("2001:db8::1.2.3.4"u8, out _);
                IpKey.TryParse("81.2.69.142"u8, out _);
                _ = IpKey.From(address);
            }
        }));
    }
}
