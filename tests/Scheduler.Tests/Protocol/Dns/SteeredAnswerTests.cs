using Scheduler.Core.Dispatch;
using Scheduler.Core.Geo;
using Scheduler.Core.Routing;
using Scheduler.Core.Zones;
using Scheduler.Protocol.Dns;
using Scheduler.Tests.Core.Dispatch;

namespace Scheduler.Tests.Protocol.Dns;

/// <summary>Names that are answered by the decision, and the client subnets of RFC 7871.</summary>
public sealed class SteeredAnswerTests
{
    private const string Play = "play.live.example.com";
    private readonly NameWorld _world = new();

    [Fact]
    public void The_nodes_near_the_resolver_are_named_where_it_tells_no_client()
    {
        Assert.All(_world.Answer(Ask.For(Play, RecordType.A)).Addresses, address => Assert.StartsWith("198.51.0.", address, StringComparison.Ordinal));
        IpKey tokyo = IpKey.FromV4(0x85000001);
        Assert.All(_world.Answer(Ask.For(Play, RecordType.A), from: tokyo).Addresses, address => Assert.StartsWith("198.51.2.", address, StringComparison.Ordinal));
        Assert.Equal((2, 2), (_world.Outcome.Cell, _world.Outcome.Site));
    }

    [Fact]
    public void The_nodes_near_the_client_are_named_where_the_resolver_tells_it()
    {
        Reading answer = Subnet("133.0.7.0", 24);
        Assert.All(answer.Addresses, address => Assert.StartsWith("198.51.2.", address, StringComparison.Ordinal));
        Assert.Equal(SteeredAnswer.ShortestV4, answer.Scope); // the map's block is a /8: it is divided
        Assert.Equal(Ask.SubnetOf("133.0.7.0", 24, 20), answer.Options[8]);
    }

    [Fact]
    public void A_zone_that_does_not_use_client_subnets_answers_them_with_scope_0()
    {
        Reading answer = _world.Answer(Ask.WithEdns("plain.example.com", RecordType.A, options: (Ask.Subnet, Ask.SubnetOf("133.0.7.0", 24))));
        Assert.All(answer.Addresses, address => Assert.StartsWith("198.51.0.", address, StringComparison.Ordinal));
        Assert.Equal(0, answer.Scope);
    }

    [Fact]
    public void A_client_that_asks_for_privacy_is_answered_by_its_resolver_with_scope_0()
    {
        foreach (byte[] none in (byte[][])[Ask.SubnetOf("0.0.0.0", 0), Ask.SubnetOf("::", 0), [0, 0, 0, 0]])
        {
            Reading answer = _world.Answer(Ask.WithEdns(Play, RecordType.A, options: (Ask.Subnet, none)));
            Assert.Equal((DnsRcode.NoError, 0), (answer.Rcode, answer.Scope));
            Assert.Equal(none, answer.Options[8]);
            Assert.All(answer.Addresses, address => Assert.StartsWith("198.51.0.", address, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void An_address_that_belongs_to_everybody_tells_nothing_and_its_block_is_the_scope()
    {
        Reading answer = Subnet("10.1.2.0", 24);
        Assert.Equal(8, answer.Scope);
        Assert.All(answer.Addresses, address => Assert.StartsWith("198.51.0.", address, StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_the_same_for_everybody_has_scope_0()
    {
        foreach ((string name, RecordType type) in ((string, RecordType)[])[("live.example.com", RecordType.Soa), ("live.example.com", RecordType.Ns), ("no.live.example.com", RecordType.A), ("x.sub.live.example.com", RecordType.A), (Play, RecordType.Txt), ("example.org", RecordType.A)])
            Assert.Equal(0, _world.Answer(Ask.WithEdns(name, type, options: (Ask.Subnet, Ask.SubnetOf("133.0.7.0", 24)))).Scope);
    }

    [Fact]
    public void Who_tells_no_subnet_is_told_none() => Assert.DoesNotContain(8, _world.Answer(Ask.WithEdns(Play, RecordType.A)).Options.Keys);

    [Theory]
    [InlineData(new byte[] { 0, 1, 24 })] // too short
    [InlineData(new byte[] { 0, 3, 24, 0, 1, 2, 3 })] // another family
    [InlineData(new byte[] { 0, 0, 8, 0, 1 })] // no family, and an address
    [InlineData(new byte[] { 0, 1, 33, 0, 1, 2, 3, 4, 5 })] // more bits than there are
    [InlineData(new byte[] { 0, 2, 129, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17 })]
    [InlineData(new byte[] { 0, 1, 24, 0, 1, 2 })] // an address that is too short
    [InlineData(new byte[] { 0, 1, 24, 0, 1, 2, 3, 4 })] // too long
    [InlineData(new byte[] { 0, 1, 20, 0, 1, 2, 0x1F })] // bits beyond the prefix
    [InlineData(new byte[] { 0, 1, 24, 24, 1, 2, 3 })] // a scope in a question
    public void A_subnet_that_is_not_well_formed_is_an_error(byte[] value)
    {
        Reading answer = _world.Answer(Ask.WithEdns(Play, RecordType.A, options: (Ask.Subnet, value)));
        Assert.Equal(DnsRcode.FormErr, answer.Rcode);
        Assert.NotNull(answer.Opt);
    }

    [Fact]
    public void All_of_a_scope_is_answered_alike_and_scopes_do_not_overlap()
    {
        var random = new Random(7);
        var blocks = new Dictionary<IpPrefix, string>();
        for (int i = 0; i < 3_000; i++)
        {
            uint address = 0x85000000u | (uint)random.Next(1 << 24) & 0xFFFFFF00;
            IpKey key = IpKey.FromV4(address);
            Reading answer = Subnet(key.ToString(), 24);
            IpPrefix scope = IpPrefix.Around(key, answer.Scope!.Value);
            string named = string.Join(",", answer.Addresses);
            Assert.Equal(named, blocks.TryAdd(scope, named) ? named : blocks[scope]);
        }
        Assert.True(blocks.Count > 2_000);
        Assert.True(blocks.Values.Distinct().Count() > 1); // not all to one node
        IpPrefix[] all = [.. blocks.Keys];
        for (int i = 0; i < 200; i++) Assert.DoesNotContain(all, other => other != all[i] && other.Contains(all[i].Network));
    }

    [Fact]
    public void The_same_question_has_the_same_answer_for_an_epoch_and_moves_on_after_it()
    {
        byte[] question = Ask.WithEdns(Play, RecordType.A, options: (Ask.Subnet, Ask.SubnetOf("81.2.3.0", 24)));
        string[] minute = [.. Enumerable.Range(0, 60).Select(s => string.Join(",", _world.Answer(question, nowS: NameWorld.NowS + s).Addresses))];
        Assert.InRange(minute.Distinct().Count(), 1, 2); // one change of epochs lies in any minute
        Assert.True(Enumerable.Range(0, 40).Select(m => string.Join(",", _world.Answer(question, nowS: NameWorld.NowS + (60 * m)).Addresses)).Distinct().Count() > 1);
    }

    [Fact]
    public void An_ipv6_question_names_the_nodes_that_have_ipv6()
    {
        Reading answer = _world.Answer(Ask.For(Play, RecordType.Aaaa), tcp: true);
        Assert.Equal(["2001:db8:0:0:0:0:0:1", "2001:db8::2"], answer.Addresses.Select(address => address).Order(StringComparer.Ordinal).Select(a => a == "2001:db8::1" ? "2001:db8:0:0:0:0:0:1" : a));
        // Tokyo has none: its viewers are sent to where there is one, not told that there is none.
        Reading tokyo = _world.Answer(Ask.For(Play, RecordType.Aaaa), tcp: true, from: IpKey.FromV4(0x85000001));
        Assert.NotEmpty(tokyo.Addresses);
    }

    [Fact]
    public void An_https_question_names_nodes_in_order_with_their_names_ports_and_addresses()
    {
        Reading answer = _world.Answer(Ask.For(Play, RecordType.Https), tcp: true);
        Assert.Equal(3, answer.Answers.Count);
        Assert.Equal([1, 2, 3], answer.Answers.Select(record => (int)record.Data[1]));
        foreach (Reading.Record record in answer.Answers)
        {
            string target = answer.NameIn(record, 2);
            Assert.Matches(@"^lon-\d\.edge\.example\.$", target);
            int at = 2 + Ask.Name(target).Length;
            Assert.Equal([0, 1, 0, 6, 2, (byte)'h', (byte)'2', 2, (byte)'h', (byte)'3'], record.Data[at..(at + 10)]);
            at += 10;
            if (target.StartsWith("lon-2", StringComparison.Ordinal)) Assert.Equal([0, 3, 0, 2, 0x20, 0xFB], record.Data[at..(at += 6)]);
            Assert.Equal([0, 4, 0, 4, 198, 51, 0, (byte)(target[4] - '0')], record.Data[at..(at + 8)]);
            Assert.Equal(target.StartsWith("lon-3", StringComparison.Ordinal) ? at + 8 : at + 28, record.Data.Length);
        }
    }

    [Fact]
    public void A_wildcard_of_the_decision_stands_for_any_name()
    {
        Reading answer = _world.Answer(Ask.For("cup-7.any.live.example.com", RecordType.A));
        Assert.Equal("cup-7.any.live.example.com.", Assert.Single(answer.Answers).Owner);
    }

    [Theory]
    [InlineData(Eligibility.Drained)]
    [InlineData(Eligibility.Down)]
    [InlineData(Eligibility.Silent)]
    [InlineData(Eligibility.OutOfService)]
    [InlineData(Eligibility.Ejected)]
    public void A_node_that_may_not_be_named_is_not(Eligibility standing)
    {
        for (int node = 0; node < 2; node++) _world.Standings[node] = standing; // lon-1, lon-2
        for (int i = 0; i < 50; i++)
            Assert.All(Subnet($"81.2.{i}.0", 24).Addresses, address => Assert.DoesNotContain(address, (string[])["198.51.0.1", "198.51.0.2"]));
    }

    [Fact]
    public void A_full_node_is_not_named()
    {
        for (int node = 0; node < 3; node++) _world.Fill(node, World.NodeKbps - 100); // London is full
        Assert.All(Subnet("81.2.3.0", 24).Addresses, address => Assert.DoesNotContain("198.51.0.", address, StringComparison.Ordinal));
    }

    [Fact]
    public void With_no_node_left_there_is_no_answer_now_rather_than_none_at_all()
    {
        for (int node = 0; node < 7; node++) _world.Fill(node, World.NodeKbps);
        Reading answer = _world.Answer(Ask.WithEdns(Play, RecordType.A));
        Assert.Equal((DnsRcode.ServFail, 0), (answer.Rcode, answer.Answers.Count));
        Assert.Equal([0, 0], answer.Options[15]);
        _world.HasSnapshot = false;
        answer = _world.Answer(Ask.WithEdns(Play, RecordType.A));
        Assert.Equal(DnsRcode.ServFail, answer.Rcode);
        Assert.Equal([0, 14], answer.Options[15]);
        Assert.Equal(DnsRcode.NoError, _world.Answer(Ask.For("ns1.live.example.com", RecordType.A)).Rcode);
    }

    [Fact]
    public void Where_only_nodes_without_ipv6_are_left_there_is_no_ipv6_address()
    {
        for (int node = 0; node < 7; node++)
            if (_world.Fleet.Addresses.Has(node, AddressFamilies.V6)) _world.Fill(node, World.NodeKbps);
        Reading answer = _world.Answer(Ask.For(Play, RecordType.Aaaa));
        Assert.Equal((DnsRcode.NoError, 0, RecordType.Soa), (answer.Rcode, answer.Answers.Count, Assert.Single(answer.Authority).Type));
        Assert.NotEmpty(_world.Answer(Ask.For(Play, RecordType.A)).Addresses);
    }

    [Theory]
    [InlineData(60, 60u)]
    [InlineData(20, 20u)]
    [InlineData(0, 5u)]
    public void An_answer_holds_as_long_as_its_sites_are_calm(int calmS, uint ttl)
    {
        _world.Frame = NameWorld.FrameOf(NameWorld.Zones, calmS);
        Assert.All(_world.Answer(Ask.For(Play, RecordType.A)).Answers, record => Assert.Equal(ttl, record.Ttl));
    }

    [Fact]
    public void To_answer_allocates_nothing()
    {
        var responder = new DnsResponder(_world.Rules);
        byte[] output = new byte[DnsRules.MostUdpLength];
        _world.Cookies = new CookieJar([new byte[16]]);
        byte[][] questions =
        [
            Ask.WithEdns(Play, RecordType.A, options: [(Ask.Subnet, Ask.SubnetOf("133.0.7.0", 24)), (Ask.Cookie, new byte[8])]),
            Ask.WithEdns(Play, RecordType.Https, options: (Ask.Subnet, Ask.SubnetOf("81.2.7.0", 24))),
            Ask.For("www.live.example.com", RecordType.Aaaa), Ask.For("no.live.example.com", RecordType.A), Ask.For("x.sub.live.example.com", RecordType.A),
            Ask.For("example.org", RecordType.A), Ask.For("live.example.com", RecordType.Soa),
        ];
        DnsMoment moment = _world.Moment();
        var asker = new DnsAsker(NameWorld.Resolver, false);
        Assert.Equal(0, Allocated.Bytes(() =>
        {
            for (int i = 0; i < 700; i++) responder.Answer(questions[i % questions.Length], in asker, in moment, output, out _);
        }));
    }

    private Reading Subnet(string network, int source) => _world.Answer(Ask.WithEdns(Play, RecordType.A, options: (Ask.Subnet, Ask.SubnetOf(network, source))));
}
