using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Primitives;
using Scheduler.Core.Geo;
using Scheduler.Server.Http.Proxies;

namespace Scheduler.Tests.Server.Http.Proxies;

public sealed class TrustedProxiesTests
{
    private const string Peer = "10.0.0.1";
    private static readonly TrustedProxies Proxies = Of("10.0.0.0/8", "2001:db8:ffff::/48");

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7", true)]
    [InlineData("203.0.113.7, 10.0.0.2", "203.0.113.7", true)]
    [InlineData("198.51.100.1, 203.0.113.7, 10.0.0.2, 10.0.0.3", "203.0.113.7", true)] // the left-most is what the viewer claims
    [InlineData("203.0.113.7, 2001:db8:ffff::5, 10.0.0.3:8080", "203.0.113.7", true)]
    [InlineData("10.0.0.9, 10.0.0.2", "10.0.0.9", true)] // a caller on the proxies' own network
    [InlineData("203.0.113.7, unknown, 10.0.0.2", "10.0.0.2", false)]
    [InlineData("203.0.113.7, x", Peer, false)]
    [InlineData("", Peer, false)]
    [InlineData(" , ,", Peer, false)]
    public void The_first_that_is_not_trusted_is_the_viewer(string header, string address, bool isKnown)
    {
        Assert.Equal(new ForwardedViewer(Key(address), isKnown), Proxies.Walk(Key(Peer), header, hasQuotes: false));
        string rfc7239 = string.Join(',', header.Split(',').Select(one => one.Trim() is { Length: > 0 } node ? $"for=\"{node}\"" : ""));
        Assert.Equal(new ForwardedViewer(Key(address), isKnown), Proxies.Walk(Key(Peer), rfc7239, hasQuotes: true));
    }

    [Fact]
    public void Several_lines_are_one_list_in_their_order()
    {
        StringValues lines = new(["198.51.100.1", "203.0.113.7, 10.0.0.2", ""]);
        Assert.Equal(new ForwardedViewer(Key("203.0.113.7"), IsKnown: true), Proxies.Walk(Key(Peer), lines, hasQuotes: false));
    }

    [Fact]
    public void Without_the_header_the_viewer_is_not_known() =>
        Assert.Equal(new ForwardedViewer(Key(Peer), IsKnown: false), Proxies.Walk(Key(Peer), StringValues.Empty, hasQuotes: false));

    [Fact]
    public void An_address_is_the_same_in_either_spelling()
    {
        Assert.True(Proxies.Contains(Key("::ffff:10.1.2.3")));
        Assert.False(Proxies.Contains(Key("::ffff:11.1.2.3")));
        Assert.False(Of().Contains(Key("10.1.2.3")));
    }

    [Theory]
    [InlineData("10.0.0.0/33")]
    [InlineData("proxy.example")]
    [InlineData("")]
    [InlineData("0.0.0.0/0")]
    [InlineData("::/0")]
    public void A_list_with_what_is_no_block_or_everybody_is_refused(string text)
    {
        Assert.False(TrustedProxies.TryParse(["10.0.0.0/8", text], out _, out string? fault));
        Assert.Contains($"\"{text}\"", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_viewer_sends_never_moves_him() => Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), Gen.Choose(0, 4).ToArbitrary(), (claimed, hops) =>
    {
        string appended = string.Concat(Enumerable.Range(2, hops).Select(hop => $", 10.0.0.{hop}"));
        ForwardedViewer viewer = Proxies.Walk(Key(Peer), $"{claimed.Get}, 203.0.113.7{appended}", hasQuotes: false);
        return viewer == new ForwardedViewer(Key("203.0.113.7"), IsKnown: true);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Hostile_headers_of_100_KB_are_walked_without_allocation(bool hasQuotes)
    {
        string trusted = hasQuotes ? "for=10.0.0.2" : "10.0.0.2";
        StringValues[] hostile =
        [
            string.Join(',', Enumerable.Repeat(trusted, 10_000)), new string(',', 100_000), new string('"', 100_000), new string('\\', 100_000),
            new string('[', 100_000), new string(':', 100_000), new string('\0', 100_000), "\"" + new string('\\', 99_998) + "\"", new string(';', 100_000),
        ];
        IpKey peer = Key(Peer);
        Assert.All(hostile, lines => Assert.Equal(0, Allocated.Bytes(() => Proxies.Walk(peer, lines, hasQuotes))));
        Assert.Equal(new ForwardedViewer(Key("10.0.0.2"), IsKnown: true), Proxies.Walk(peer, hostile[0], hasQuotes));
    }

    private static IpKey Key(string text)
    {
        Assert.True(IpKey.TryParse(text, out IpKey key));
        return key;
    }

    private static TrustedProxies Of(params string[] texts)
    {
        Assert.True(TrustedProxies.TryParse(texts, out TrustedProxies? proxies, out _));
        return proxies;
    }
}
