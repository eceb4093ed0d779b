using Scheduler.Core.Zones;
using Scheduler.Protocol.Dns;

namespace Scheduler.Tests.Protocol.Dns;

/// <summary>Messages and EDNS: RFC 1035, 6891, 8906, 9619.</summary>
public sealed class DnsMessageTests
{
    private const string Play = "play.live.example.com";
    private readonly NameWorld _world = new();

    [Fact]
    public void An_answer_is_never_answered_and_neither_is_a_stump()
    {
        Assert.Empty(_world.Raw(Ask.For(Play, RecordType.A, flags: 0x8000)));
        byte[] question = Ask.For(Play, RecordType.A);
        for (int length = 0; length < 12; length++) Assert.Empty(_world.Raw(question[..length]));
        Assert.Empty(_world.Raw(_world.Raw(question)));
    }

    [Fact]
    public void Other_kinds_of_messages_are_not_implemented()
    {
        for (int opcode = 1; opcode < 16; opcode++)
        {
            Reading answer = _world.Answer(Ask.For(Play, RecordType.A, flags: (ushort)(opcode << 11)));
            Assert.Equal((DnsRcode.NotImp, 0x1234), (answer.Rcode, answer.Id));
        }
    }

    [Fact]
    public void Id_question_and_recursion_desired_come_back_as_they_were_and_nothing_else()
    {
        Reading answer = _world.Answer(Ask.For("PlAy.LIVE.example.CoM", RecordType.A, id: 0xBEEF, flags: 0x01F0));
        Assert.Equal((0xBEEF, "PlAy.LIVE.example.CoM.", true, true), (answer.Id, answer.Question, answer.RecursionDesired, answer.IsAuthoritative));
        Assert.Equal(0, answer.ReservedFlags); // no recursion, no reserved flag
        Assert.All(answer.Answers, record => Assert.Equal("PlAy.LIVE.example.CoM.", record.Owner));
        Assert.False(_world.Answer(Ask.For(Play, RecordType.A, flags: 0)).RecursionDesired);
    }

    [Fact]
    public void More_than_one_question_and_none_are_errors()
    {
        byte[] two = Ask.For(Play, RecordType.A);
        two[5] = 2;
        Assert.Equal(DnsRcode.FormErr, _world.Answer([.. two, .. Ask.Name(Play), 0, 1, 0, 1]).Rcode);
        Assert.Equal(DnsRcode.FormErr, _world.Answer(Ask.Header(1, 0, 0, 0)).Rcode);
    }

    [Fact]
    public void A_question_that_is_cut_or_has_a_pointer_or_a_long_label_or_more_behind_it_is_an_error()
    {
        byte[] whole = Ask.For(Play, RecordType.A);
        for (int length = 12; length < whole.Length; length++) Assert.Equal(DnsRcode.FormErr, _world.Answer(whole[..length]).Rcode);
        Assert.Equal(DnsRcode.FormErr, _world.Answer([.. whole, 0]).Rcode);
        Assert.Equal(DnsRcode.FormErr, _world.Answer([.. Ask.Header(1, 0, 1, 0), 0xC0, 0, 0, 1, 0, 1]).Rcode);
        Assert.Equal(DnsRcode.FormErr, _world.Answer([.. Ask.Header(1, 0, 1, 0), 64, .. new byte[64], 0, 0, 1, 0, 1]).Rcode);
        byte[] tooLong = [.. Enumerable.Range(0, 130).SelectMany(_ => (byte[])[1, 97]), 0];
        Assert.Equal(DnsRcode.FormErr, _world.Answer([.. Ask.Header(1, 0, 1, 0), .. tooLong, 0, 1, 0, 1]).Rcode);
    }

    [Fact]
    public void Names_of_others_and_other_classes_are_refused()
    {
        foreach (string name in (string[])["example.org", "example.com", "com", ""])
        {
            Reading answer = _world.Answer(Ask.For(name, RecordType.A));
            Assert.Equal((DnsRcode.Refused, false), (answer.Rcode, answer.IsAuthoritative));
        }
        Assert.Equal(DnsRcode.Refused, _world.Answer(Ask.For(Play, RecordType.A, qclass: 3)).Rcode);
        Assert.Equal(DnsRcode.Refused, _world.Answer(Ask.For(Play, RecordType.Axfr)).Rcode);
        Assert.Equal(DnsRcode.Refused, _world.Answer(Ask.For(Play, RecordType.Ixfr)).Rcode);
    }

    [Fact]
    public void Types_that_nobody_knows_have_no_records()
    {
        Reading answer = _world.Answer(Ask.For(Play, (RecordType)1_000));
        Assert.Equal((DnsRcode.NoError, 0, 1), (answer.Rcode, answer.Answers.Count, answer.Authority.Count));
    }

    [Fact]
    public void Who_asks_for_anything_gets_the_least_there_may_be()
    {
        Reading answer = _world.Answer(Ask.For("live.example.com", RecordType.Any));
        Assert.Equal(((RecordType)13, "\aRFC8482\0"), (Assert.Single(answer.Answers).Type, System.Text.Encoding.ASCII.GetString(answer.Answers[0].Data)));
    }

    [Fact]
    public void An_opt_record_comes_back_only_to_who_sent_one()
    {
        Assert.Null(_world.Answer(Ask.For(Play, RecordType.A)).Opt);
        Reading answer = _world.Answer(Ask.WithEdns(Play, RecordType.A, dnssecOk: true));
        Assert.Equal((1232, 0x8000u), (answer.Opt!.Class, answer.Opt.Ttl));
        Assert.Equal(0u, _world.Answer(Ask.WithEdns(Play, RecordType.A)).Opt!.Ttl);
        Assert.NotNull(_world.Answer(Ask.WithEdns("example.org", RecordType.A)).Opt);
    }

    [Fact]
    public void A_version_of_edns_that_is_not_known_is_told_with_the_known_one()
    {
        Reading answer = _world.Answer(Ask.WithEdns(Play, RecordType.A, version: 1));
        Assert.Equal((DnsRcode.BadVers, 0, 0u), (answer.Rcode, answer.Answers.Count, answer.Opt!.Ttl >> 16 & 0xFF));
    }

    [Fact]
    public void Two_opt_records_and_one_of_a_name_are_errors()
    {
        byte[] opt = Ask.Opt(1232, 0, false);
        byte[] question = [.. Ask.Header(1, 0, 1, 2), .. Ask.Name(Play), 0, 1, 0, 1];
        Assert.Equal(DnsRcode.FormErr, _world.Answer([.. question, .. opt, .. opt]).Rcode);
        question[11] = 1;
        Assert.Equal(DnsRcode.FormErr, _world.Answer([.. question, 1, 97, .. opt]).Rcode);
    }

    [Fact]
    public void Options_that_are_not_known_and_records_that_are_not_asked_for_are_passed_over()
    {
        Assert.Equal(DnsRcode.NoError, _world.Answer(Ask.WithEdns(Play, RecordType.A, options: (65_001, [1, 2, 3]))).Rcode);
        byte[] question = [.. Ask.Header(1, 0, 1, 1), .. Ask.Name(Play), 0, 1, 0, 1, 0xC0, 12, 0, 16, 0, 1, 0, 0, 0, 0, 0, 2, 1, 97];
        Assert.Equal(DnsRcode.NoError, _world.Answer(question).Rcode);
    }

    [Fact]
    public void An_option_that_runs_over_its_record_is_an_error_that_is_told_with_an_opt_record()
    {
        byte[] question = Ask.WithEdns(Play, RecordType.A, options: (65_001, [1, 2, 3]));
        question[^4] = 9;
        Reading answer = _world.Answer(question);
        Assert.Equal(DnsRcode.FormErr, answer.Rcode);
        Assert.NotNull(answer.Opt);
    }

    [Fact]
    public void The_server_tells_its_name_to_who_asks_for_it()
    {
        Assert.Equal("replica-1"u8.ToArray(), _world.Answer(Ask.WithEdns(Play, RecordType.A, options: (3, []))).Options[3]);
        Assert.DoesNotContain(3, _world.Answer(Ask.WithEdns(Play, RecordType.A)).Options.Keys);
    }

    [Fact]
    public void What_is_too_long_is_cut_to_the_question_and_the_asker_sent_to_tcp()
    {
        _world.Rules = _world.Rules with { AmplificationLimit = 100 };
        byte[] plain = Ask.For("many.live.example.com", RecordType.Txt), small = Ask.WithEdns("many.live.example.com", RecordType.Txt, udp: 100);
        foreach (byte[] question in (byte[][])[plain, small])
        {
            Reading cut = _world.Answer(question);
            Assert.Equal((true, DnsRcode.NoError, 0), (cut.IsTruncated, cut.Rcode, cut.Answers.Count));
            Assert.Equal(question == small, cut.Opt is not null);
            Assert.True(_world.Outcome.IsTruncated);
        }
        Reading wide = _world.Answer(Ask.WithEdns("many.live.example.com", RecordType.Txt, udp: 4_096));
        Assert.Equal((false, 3), (wide.IsTruncated, wide.Answers.Count));
        Assert.Equal(3, _world.Answer(plain, tcp: true).Answers.Count);
    }

    [Fact]
    public void Without_a_cookie_no_answer_is_over_three_times_its_question()
    {
        foreach (RecordType type in (RecordType[])[RecordType.A, RecordType.Aaaa, RecordType.Https, RecordType.Txt, RecordType.Ns, RecordType.Soa])
        {
            foreach (string name in (string[])[Play, "many.live.example.com", "live.example.com", "no.live.example.com"])
            {
                foreach (byte[] question in (byte[][])[Ask.For(name, type), Ask.WithEdns(name, type, udp: 4_096, options: (Ask.Subnet, Ask.SubnetOf("81.2.69.0", 24)))])
                    Assert.InRange(_world.Answer(question).Length, 12, 3 * question.Length);
            }
        }
    }

    [Fact]
    public void Names_that_were_written_are_pointed_to()
    {
        byte[] answer = _world.Raw(Ask.For("live.example.com", RecordType.Soa), tcp: true);
        Reading read = new(answer);
        Reading.Record soa = Assert.Single(read.Answers);
        Assert.Equal("ns1.live.example.com.", read.NameIn(soa));
        // Pointers for the owner and the primary's domain; the mailbox shares example.com. 4 + 2, 11 + 2, and five numbers.
        Assert.Equal(6 + 13 + 20, soa.Data.Length);
    }
}
