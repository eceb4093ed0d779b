using FsCheck;
using FsCheck.Fluent;
using Scheduler.Core.Geo;
using Scheduler.Server.Http.Proxies;

namespace Scheduler.Tests.Server.Http.Proxies;

public sealed class ForwardedFieldTests
{
    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("192.0.2.1:80", "192.0.2.1")]
    [InlineData("2001:db8::1", "2001:db8::1")]
    [InlineData("[2001:db8::1]", "2001:db8::1")]
    [InlineData("[2001:db8::1]:65535", "2001:db8::1")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("192.0.2.1:_port.x-1", "192.0.2.1")]
    public void An_address_is_read_without_its_port(string element, string address)
    {
        Assert.True(ForwardedField.TryReadAddress(element, hasQuotes: false, out IpKey found));
        Assert.Equal(address, found.ToString());
        Assert.True(ForwardedField.TryReadAddress($"proto=https;For=\"{element}\" ; by=_x", hasQuotes: true, out found));
        Assert.Equal(address, found.ToString());
        Assert.True(ForwardedField.TryReadAddress($"for={element}", hasQuotes: true, out found));
        Assert.Equal(address, found.ToString());
    }

    [Theory]
    [InlineData("unknown")]
    [InlineData("_hidden")]
    [InlineData("")]
    [InlineData("192.0.2")]
    [InlineData("192.0.2.1:")]
    [InlineData("192.0.2.1:123456")]
    [InlineData("192.0.2.1:8x")]
    [InlineData("192.0.2.1:_")]
    [InlineData("192.0.2.01")]
    [InlineData("192.0.2.1 192.0.2.2")]
    [InlineData("\"192.0.2.1\"x")]
    [InlineData("[192.0.2.1]")]
    [InlineData("[2001:db8::1")]
    [InlineData("[2001:db8::1]80")]
    [InlineData("2001:db8::1%eth0")]
    [InlineData("192.0.2.1\0")]
    public void What_names_no_address_gives_none(string element)
    {
        Assert.False(ForwardedField.TryReadAddress(element, hasQuotes: false, out _));
        Assert.False(ForwardedField.TryReadAddress("for=" + element, hasQuotes: true, out _));
        Assert.False(ForwardedField.TryReadAddress($"for=\"{element}\"", hasQuotes: true, out _));
    }

    [Theory]
    [InlineData("proto=https;by=192.0.2.1")]
    [InlineData("for=192.0.2.1;for=192.0.2.2")]
    [InlineData("for=\"192.0.2.1")]
    [InlineData("for=192.0.2.1\"")]
    [InlineData("for=\"192.0.2.\\1\"")]
    [InlineData("for=\"192.0.2.1\"by=x")]
    [InlineData("for")]
    [InlineData("=192.0.2.1")]
    [InlineData("for =\"192.0.2.1\";for=\"192.0.2.1\"")]
    public void An_element_of_Forwarded_that_breaks_the_grammar_gives_none(string element) =>
        Assert.False(ForwardedField.TryReadAddress(element, hasQuotes: true, out _));

    [Theory]
    [InlineData("a, b ,c", "c|b|a")]
    [InlineData(" ,, a ,\t, ", "a")]
    [InlineData(",", "")]
    [InlineData("", "")]
    public void A_list_is_taken_from_the_right_without_its_empty_elements(string line, string elements)
    {
        Assert.Equal(elements, Elements(line, hasQuotes: false));
        Assert.Equal(elements, Elements(line, hasQuotes: true));
    }

    [Theory]
    [InlineData("for=\"a,b\", for=c", "for=c|for=\"a,b\"")]
    [InlineData("for=\"a\\\",b\", for=c", "for=c|for=\"a\\\",b\"")]
    [InlineData("for=\"a\\\\\", for=c", "for=c|for=\"a\\\\\"")]
    [InlineData("for=\"evil, for=c", "for=c|for=\"evil")]
    [InlineData("for=evil\", for=\"c,d\"", "for=\"c,d\"|for=evil\"")]
    public void A_comma_inside_quotes_separates_nothing(string line, string elements) => Assert.Equal(elements, Elements(line, hasQuotes: true));

    [Fact]
    public void Whatever_stands_on_the_left_does_not_change_what_a_proxy_appended() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonNull<string>>(),
        Gen.Elements("for=192.0.2.1", "for=\"[2001:db8::1]:4711\";proto=https", "proto=http;for=\"192.0.2.1:80\"").ToArbitrary(),
        (hostile, appended) =>
        {
            ReadOnlySpan<char> line = $"{hostile.Get}, {appended}";
            return ForwardedField.TryTakeLast(ref line, hasQuotes: true, out ReadOnlySpan<char> element) && element.SequenceEqual(appended) && line.SequenceEqual(hostile.Get);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_text_is_taken_apart_to_its_end() => Prop.ForAll(Gen.ListOf(Gen.Elements([.. "\",;=\\ []:.19af_\0"])).ToArbitrary(), letters =>
    {
        string text = new([.. letters]);
        foreach (bool hasQuotes in (bool[])[false, true])
        {
            ReadOnlySpan<char> line = text;
            while (line.Length is var before && ForwardedField.TryTakeLast(ref line, hasQuotes, out ReadOnlySpan<char> element))
            {
                Assert.True(line.Length < before && !element.IsEmpty);
                _ = ForwardedField.TryReadAddress(element, hasQuotes, out _);
            }
        }
    }).QuickCheckThrowOnFailure();

    private static string Elements(ReadOnlySpan<char> line, bool hasQuotes)
    {
        var elements = new List<string>();
        while (ForwardedField.TryTakeLast(ref line, hasQuotes, out ReadOnlySpan<char> element)) elements.Add(element.ToString());
        return string.Join('|', elements);
    }
}
