using Scheduler.Core.Geo;
using Scheduler.Protocol.Dns;
using Scheduler.Server.Dns;

namespace Scheduler.Tests.Server.Dns;

public sealed class ResponseRateLimiterTests
{
    private static readonly DnsOutcome Plain = new(null, DnsRcode.Refused, null, false, false, null, null);

    [Fact]
    public void A_network_gets_a_seconds_answers_at_once_and_then_its_rate()
    {
        var limiter = new ResponseRateLimiter(100);
        Assert.Equal(100, Enumerable.Range(0, 300).Count(i => limiter.Judge(Address(1, i), in Plain, 5_000) == RateVerdict.Send));
        Assert.Equal(10, Enumerable.Range(0, 300).Count(i => limiter.Judge(Address(1, i), in Plain, 5_100) == RateVerdict.Send));
        Assert.Equal(100, Enumerable.Range(0, 300).Count(i => limiter.Judge(Address(1, i), in Plain, 9_000) == RateVerdict.Send));
    }

    [Fact]
    public void Half_of_what_is_refused_is_sent_to_tcp()
    {
        var limiter = new ResponseRateLimiter(1);
        RateVerdict[] verdicts = [.. Enumerable.Range(0, 101).Select(i => limiter.Judge(Address(1, i), in Plain, 0))];
        Assert.Equal((1, 50, 50), (verdicts.Count(v => v == RateVerdict.Send), verdicts.Count(v => v == RateVerdict.Truncate), verdicts.Count(v => v == RateVerdict.Drop)));
    }

    [Fact]
    public void Networks_do_not_share_and_neither_do_codes()
    {
        var limiter = new ResponseRateLimiter(1);
        Assert.Equal(RateVerdict.Send, limiter.Judge(Address(1, 1), in Plain, 0));
        Assert.Equal(RateVerdict.Send, limiter.Judge(Address(2, 1), in Plain, 0));
        Assert.Equal(RateVerdict.Send, limiter.Judge(Address(1, 1), Plain with { Rcode = DnsRcode.NoError }, 0));
        Assert.NotEqual(RateVerdict.Send, limiter.Judge(Address(1, 2), in Plain, 0));
    }

    [Fact]
    public void A_good_cookie_and_no_limit_let_everything_through()
    {
        var limiter = new ResponseRateLimiter(1);
        Assert.All(Enumerable.Range(0, 50), i => Assert.Equal(RateVerdict.Send, limiter.Judge(Address(1, i), Plain with { HasValidCookie = true }, 0)));
        Assert.All(Enumerable.Range(0, 50), i => Assert.Equal(RateVerdict.Send, new ResponseRateLimiter(0).Judge(Address(1, i), in Plain, 0)));
    }

    private static IpKey Address(int network, int host) => IpKey.FromV4((uint)(0x08080000 | network << 8 | host & 0xFF));
}
