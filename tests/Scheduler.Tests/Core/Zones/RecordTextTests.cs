using Scheduler.Core.Zones;

namespace Scheduler.Tests.Core.Zones;

public sealed class RecordTextTests
{
    private static readonly DomainName Origin = NameOf("live.example.com.");

    [Theory]
    [InlineData(RecordType.A, "192.0.2.1", "192.0.2.1")]
    [InlineData(RecordType.Aaaa, "2001:db8::1", "2001:db8::1")]
    [InlineData(RecordType.Cname, "play", "play.live.example.com.")]
    [InlineData(RecordType.Ns, "ns.example.net.", "ns.example.net.")]
    [InlineData(RecordType.Txt, "one \"two three\" \"a\\\"b\\\\c\\009\"", "\"one\" \"two three\" \"a\\\"b\\\\c\\009\"")]
    [InlineData(RecordType.Caa, "128 issue \"ca.example; policy=ev\"", "128 issue \"ca.example; policy=ev\"")]
    [InlineData(RecordType.Https, "0 other.example.", "0 other.example.")]
    [InlineData(RecordType.Https, "1 . ipv6hint=2001:db8::1 port=8443 alpn=h2,h3 mandatory=port,alpn", "1 . mandatory=alpn,port alpn=h2,h3 port=8443 ipv6hint=2001:db8::1")]
    [InlineData(RecordType.Svcb, "7 svc no-default-alpn alpn=h2 ipv4hint=192.0.2.1,192.0.2.2", "7 svc.live.example.com. alpn=h2 no-default-alpn ipv4hint=192.0.2.1,192.0.2.2")]
    public void What_is_read_is_written_in_one_form_that_reads_back(RecordType type, string text, string canonical)
    {
        Assert.True(RecordData.TryParse(type, text, Origin, out byte[]? data, out string? fault), fault);
        Assert.Equal(canonical, RecordText.Of(type, data));
        Assert.True(RecordData.TryParse(type, canonical, Origin, out byte[]? again, out _));
        Assert.Equal(data, again);
    }

    [Fact]
    public void A_type_that_is_not_known_is_written_as_bytes() => Assert.Equal("\\# 2 0a0b", RecordText.Of((RecordType)999, [10, 11]));

    [Fact]
    public void Names_compare_without_case_and_tell_what_is_below_them()
    {
        DomainName name = NameOf("A.Live.EXAMPLE.com.");
        Assert.Equal(NameOf("a.live.example.com."), name);
        Assert.Equal(NameOf("a.live.example.com.").GetHashCode(), name.GetHashCode());
        Assert.True(name.IsAtOrBelow(Origin) && Origin.IsAtOrBelow(Origin) && name.IsAtOrBelow(DomainName.Root));
        Assert.False(Origin.IsAtOrBelow(name));
        Assert.False(NameOf("xlive.example.com.").IsAtOrBelow(Origin));
        Assert.Equal("A.Live.EXAMPLE.com.", name.ToString());
    }

    private static DomainName NameOf(string text) => DomainName.TryParse(text, DomainName.Root, out DomainName? name, out string? fault) ? name : throw new ArgumentException(fault);
}
