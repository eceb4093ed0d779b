using Scheduler.Core.Geo;
using Scheduler.Core.Zones;
using Scheduler.Protocol.Dns;

namespace Scheduler.Tests.Protocol.Dns;

/// <summary>Cookies: RFC 7873 and 9018.</summary>
public sealed class CookieTests
{
    private const string Play = "play.live.example.com";
    private static readonly byte[] Secret = Convert.FromHexString("e5e973e5a6b2a43f48e7dc849e37bfcf");
    private readonly NameWorld _world = new() { Cookies = new CookieJar([Secret]) };

    [Fact]
    public void The_hash_is_that_of_its_authors()
    {
        byte[] key = [.. Enumerable.Range(0, 16).Select(i => (byte)i)];
        Assert.Equal(0xA129CA6149BE45E5UL, SipHash.Hash(key, [.. Enumerable.Range(0, 15).Select(i => (byte)i)])); // appendix A of their paper
    }

    [Fact]
    public void A_cookie_is_that_of_the_rfc()
    {
        byte[] value = new byte[24];
        new CookieJar([Secret]).Make(Convert.FromHexString("2464c4abcf10c957"), IpKey.FromV4(0xC6336464), 1_559_731_985, value); // RFC 9018 appendix A.1
        Assert.Equal("2464c4abcf10c957010000005cf79f111f8130c3eee29480", Convert.ToHexStringLower(value));
    }

    [Fact]
    public void A_cookie_holds_for_an_hour_for_its_client_and_is_renewed_after_half_of_it()
    {
        var jar = new CookieJar([Secret]);
        byte[] cookie = new byte[24];
        jar.Make(new byte[8], NameWorld.Resolver, 1_000_000, cookie);
        Assert.True(jar.Holds(cookie, NameWorld.Resolver, 1_000_000 + 1_800, out bool renew) && !renew);
        Assert.True(jar.Holds(cookie, NameWorld.Resolver, 1_000_000 + 1_801, out renew) && renew);
        Assert.True(jar.Holds(cookie, NameWorld.Resolver, 1_000_000 + 3_600, out _));
        Assert.False(jar.Holds(cookie, NameWorld.Resolver, 1_000_000 + 3_601, out _));
        Assert.True(jar.Holds(cookie, NameWorld.Resolver, 1_000_000 - 300, out _));
        Assert.False(jar.Holds(cookie, NameWorld.Resolver, 1_000_000 - 301, out _));
        Assert.False(jar.Holds(cookie, IpKey.FromV4(1), 1_000_000, out _));
        cookie[20] ^= 1;
        Assert.False(jar.Holds(cookie, NameWorld.Resolver, 1_000_000, out _));
    }

    [Fact]
    public void A_cookie_of_an_older_secret_holds_and_is_renewed()
    {
        byte[] cookie = new byte[24];
        new CookieJar([Secret]).Make(new byte[8], NameWorld.Resolver, 1_000_000, cookie);
        Assert.True(new CookieJar([new byte[16], Secret]).Holds(cookie, NameWorld.Resolver, 1_000_000, out bool renew) && renew);
        Assert.False(new CookieJar([new byte[16]]).Holds(cookie, NameWorld.Resolver, 1_000_000, out _));
    }

    [Fact]
    public void Who_brings_a_client_cookie_gets_a_server_cookie_and_with_it_long_answers()
    {
        byte[] first = _world.Answer(Ask.WithEdns(Play, RecordType.Https, options: (Ask.Cookie, new byte[8]))).Options[10];
        Assert.False(_world.Outcome.HasValidCookie);
        Assert.Equal(24, first.Length);
        Assert.True(_world.Answer(Ask.WithEdns("many.live.example.com", RecordType.Txt)).IsTruncated);
        Reading known = _world.Answer(Ask.WithEdns("many.live.example.com", RecordType.Txt, options: (Ask.Cookie, first)));
        Assert.Equal((false, 3), (known.IsTruncated, known.Answers.Count));
        Assert.Equal(first, known.Options[10]);
        Assert.True(_world.Outcome.HasValidCookie);
    }

    [Fact]
    public void A_cookie_that_was_not_made_here_is_answered_with_a_good_one()
    {
        byte[] wrong = [.. new byte[8], 1, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
        Reading answer = _world.Answer(Ask.WithEdns(Play, RecordType.A, options: (Ask.Cookie, wrong)));
        Assert.Equal(DnsRcode.NoError, answer.Rcode); // BADCOOKIE would cost every client a question more when a secret changes
        Assert.NotEqual(wrong, answer.Options[10]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(9)]
    [InlineData(15)]
    [InlineData(41)]
    public void A_cookie_of_a_wrong_length_is_an_error(int length) =>
        Assert.Equal(DnsRcode.FormErr, _world.Answer(Ask.WithEdns(Play, RecordType.A, options: (Ask.Cookie, new byte[length]))).Rcode);

    [Fact]
    public void A_cookie_may_be_asked_for_without_a_question()
    {
        Reading answer = _world.Answer([.. Ask.Header(1, 0, 0, 1), .. Ask.Opt(1232, 0, false, (Ask.Cookie, new byte[8]))]);
        Assert.Equal((DnsRcode.NoError, 24), (answer.Rcode, answer.Options[10].Length));
    }
}
