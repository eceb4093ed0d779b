using Scheduler.Core.Zones;
using Scheduler.Protocol.Dns;

namespace Scheduler.Tests.Protocol.Dns;

/// <summary>What zones answer: RFC 1034 section 4.3.2, 2308, 4592, 8020, 9471.</summary>
public sealed class DnsZoneAnswerTests
{
    private readonly NameWorld _world = new();

    [Fact]
    public void A_name_that_there_is_not_is_denied_by_the_soa_for_the_lesser_of_its_times()
    {
        Reading answer = _world.Answer(Ask.For("no.live.example.com", RecordType.A));
        Reading.Record soa = Assert.Single(answer.Authority);
        Assert.Equal((DnsRcode.NxDomain, true, RecordType.Soa, 30u, "live.example.com."), (answer.Rcode, answer.IsAuthoritative, soa.Type, soa.Ttl, soa.Owner));
        Assert.Equal("ns1.live.example.com.", answer.NameIn(soa));
        Assert.Equal([0, 0, 0, 7], soa.Data[^20..^16]); // the revision
    }

    [Theory]
    [InlineData("b.c.live.example.com")]
    [InlineData("c.live.example.com")]
    [InlineData("wild.live.example.com")]
    [InlineData("ns1.live.example.com")]
    [InlineData("play.live.example.com")]
    public void A_name_that_there_is_and_names_between_others_have_no_such_record(string name)
    {
        Reading answer = _world.Answer(Ask.For(name, RecordType.Txt));
        Assert.Equal((DnsRcode.NoError, 0, RecordType.Soa), (answer.Rcode, answer.Answers.Count, Assert.Single(answer.Authority).Type));
    }

    [Fact]
    public void A_wildcard_stands_for_names_that_there_are_not_at_any_depth()
    {
        foreach (string name in (string[])["x.wild", "y.x.wild", "*.wild"])
            Assert.Equal((name + ".live.example.com.", "192.0.2.10"), (_world.Answer(Ask.For(name + ".live.example.com", RecordType.A)).Answers[0].Owner, _world.Answer(Ask.For(name + ".live.example.com", RecordType.A)).Addresses.Single()));
        Assert.Empty(_world.Answer(Ask.For("there.wild.live.example.com", RecordType.A)).Answers); // a name that there is
        Assert.Equal(DnsRcode.NxDomain, _world.Answer(Ask.For("x.there.wild.live.example.com", RecordType.A)).Rcode); // and what is below it (RFC 4592 section 3.3.1)
        Assert.Equal(DnsRcode.NoError, _world.Answer(Ask.For("x.wild.live.example.com", RecordType.Aaaa)).Rcode);
    }

    [Fact]
    public void A_delegation_is_told_with_its_servers_and_the_addresses_of_those_below_it()
    {
        foreach (string name in (string[])["sub", "x.sub", "ns.sub"])
        {
            Reading answer = _world.Answer(Ask.For(name + ".live.example.com", RecordType.A));
            Assert.Equal((DnsRcode.NoError, false, 0, 2), (answer.Rcode, answer.IsAuthoritative, answer.Answers.Count, answer.Authority.Count));
            Assert.All(answer.Authority, record => Assert.Equal(("sub.live.example.com.", RecordType.Ns), (record.Owner, record.Type)));
            Assert.Equal(("ns.sub.live.example.com.", RecordType.A), (Assert.Single(answer.Additional).Owner, answer.Additional[0].Type));
        }
    }

    [Fact]
    public void An_alias_is_followed_within_our_zones()
    {
        Reading steered = _world.Answer(Ask.For("www.live.example.com", RecordType.A), tcp: true);
        Assert.Equal((RecordType.Cname, "play.live.example.com."), (steered.Answers[0].Type, steered.NameIn(steered.Answers[0])));
        Assert.Equal(3, steered.Addresses.Count());
        Reading away = _world.Answer(Ask.For("away.live.example.com", RecordType.A));
        Assert.Equal((DnsRcode.NoError, 1, 0), (away.Rcode, away.Answers.Count, away.Authority.Count));
        Assert.Equal(RecordType.Cname, Assert.Single(_world.Answer(Ask.For("www.live.example.com", RecordType.Cname)).Answers).Type);
    }

    [Fact]
    public void An_alias_to_nowhere_is_answered_and_the_end_is_denied()
    {
        Reading answer = _world.Answer(Ask.For("lost.live.example.com", RecordType.A));
        Assert.Equal((DnsRcode.NxDomain, RecordType.Cname, RecordType.Soa), (answer.Rcode, Assert.Single(answer.Answers).Type, Assert.Single(answer.Authority).Type));
    }

    [Fact]
    public void Aliases_in_a_ring_end()
    {
        Reading answer = _world.Answer(Ask.For("loop.live.example.com", RecordType.A), tcp: true);
        Assert.Equal(8, answer.Answers.Count);
    }

    [Fact]
    public void The_zone_tells_its_servers_and_who_may_issue_certificates()
    {
        Reading servers = _world.Answer(Ask.For("live.example.com", RecordType.Ns));
        Assert.Equal(["ns1.live.example.com.", "ns2.example.net."], servers.Answers.Select(record => servers.NameIn(record)));
        Assert.Equal("\0\x05issueca.example"u8.ToArray(), Assert.Single(_world.Answer(Ask.For("live.example.com", RecordType.Caa)).Answers).Data);
    }

    [Fact]
    public void A_service_binding_is_the_bytes_of_the_rfc()
    {
        byte[] data = Assert.Single(_world.Answer(Ask.For("svc.live.example.com", RecordType.Https), tcp: true).Answers).Data;
        Assert.Equal([0, 1, 0, 0, 1, 0, 6, 2, (byte)'h', (byte)'2', 2, (byte)'h', (byte)'3', 0, 4, 0, 4, 192, 0, 2, 1], data);
    }
}
