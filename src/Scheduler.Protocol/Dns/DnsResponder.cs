using System.Buffers.Binary;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Geo;
using Scheduler.Core.Routing;
using Scheduler.Core.Zones;

namespace Scheduler.Protocol.Dns;

/// <summary>
/// Answers questions from zones and snapshot: bytes in, bytes out. Authoritative only, no recursion. Holds no state, allocates nothing, and its work is bounded by the length of the question and the
/// depth of the zones; safe from any thread.
/// </summary>
/// <param name="rules">How questions are answered.</param>
public sealed class DnsResponder(DnsRules rules)
{
    /// <summary>Answers one message.</summary>
    /// <param name="message">The message as it came.</param>
    /// <param name="asker">Who asks.</param>
    /// <param name="moment">What the answer rests on.</param>
    /// <param name="output">Takes the answer: <see cref="DnsRules.MostUdpLength"/> bytes over UDP, <see cref="DnsRules.MostTcpLength"/> over TCP.</param>
    /// <param name="outcome">What became of it; meaningless when nothing is answered.</param>
    /// <returns>Bytes of the answer; 0 for what must not be answered.</returns>
    public int Answer(ReadOnlySpan<byte> message, in DnsAsker asker, in DnsMoment moment, Span<byte> output, out DnsOutcome outcome)
    {
        outcome = default;
        QueryVerdict verdict = DnsQuery.Read(message, out DnsQuery query);
        if (verdict == QueryVerdict.Drop) return 0;
        if (verdict != QueryVerdict.Answer)
        {
            DnsRcode fault = verdict switch
            {
                QueryVerdict.NotImplemented => DnsRcode.NotImp,
                QueryVerdict.BadVersion => DnsRcode.BadVers,
                _ => DnsRcode.FormErr,
            };
            outcome = outcome with { Rcode = fault };
            return WriteFault(in query, fault, output);
        }
        bool knownAsker = false, renew = true;
        if (!query.Cookie.IsEmpty && moment.Cookies is { } jar) knownAsker = jar.Holds(query.Cookie, asker.Address, moment.NowS, out renew);
        Span<ushort> names = stackalloc ushort[AnswerBuilder.MostNames];
        var answer = new AnswerBuilder(in query, output, LimitFor(in query, in asker, knownAsker), rules, names);
        if (query.Name.IsEmpty) answer.Rcode = DnsRcode.NoError; // asks for a cookie alone
        else Resolve(in query, in asker, in moment, ref answer);
        Span<byte> cookie = stackalloc byte[CookieJar.ClientLength + CookieJar.ServerLength];
        if (query.Cookie.IsEmpty || moment.Cookies is not { } maker) cookie = default;
        else if (renew || !knownAsker) maker.Make(query.Cookie, asker.Address, moment.NowS, cookie);
        else query.Cookie.CopyTo(cookie);
        int length = answer.Finish(cookie);
        outcome = new DnsOutcome(answer.Apex, answer.Rcode, answer.Node, answer.IsTruncated, knownAsker, answer.Cell, answer.Site);
        return length;
    }

    /// <summary>Writes what sends an asker to TCP: the question, with TC set and no records (RFC 2181 section 9).</summary>
    /// <param name="answer">An answer of this responder.</param>
    /// <returns>Bytes of what is sent instead.</returns>
    public static int Truncate(Span<byte> answer)
    {
        int end = DnsFormat.HeaderLength;
        if (BinaryPrimitives.ReadUInt16BigEndian(answer[4..]) == 1)
        {
            while (answer[end] != 0) end += answer[end] + 1;
            end += 5;
        }
        answer[2] |= DnsFormat.TruncatedFlag >> 8;
        answer[6..DnsFormat.HeaderLength].Clear();
        return end;
    }

    private int LimitFor(in DnsQuery query, in DnsAsker asker, bool knownAsker)
    {
        if (asker.IsStream) return DnsRules.MostTcpLength;
        int most = query.HasEdns ? Math.Min(query.UdpLength, DnsRules.MostUdpLength) : DnsFormat.ClassicUdpLength;
        return knownAsker ? most : Math.Min(most, (int)(query.Message.Length * rules.AmplificationLimit));
    }

    /// <summary>What cannot be answered: the header alone, and an OPT record for who sent one.</summary>
    private static int WriteFault(in DnsQuery query, DnsRcode rcode, Span<byte> output)
    {
        query.Message[..DnsFormat.HeaderLength].CopyTo(output);
        ushort kept = (ushort)(query.Flags & (DnsFormat.RecursionDesiredFlag | (DnsFormat.OpcodeMask << DnsFormat.OpcodeShift)));
        BinaryPrimitives.WriteUInt16BigEndian(output[2..], (ushort)(DnsFormat.ResponseFlag | kept | ((int)rcode & 0xF)));
        output[4..DnsFormat.HeaderLength].Clear();
        if (!query.HasEdns) return DnsFormat.HeaderLength;
        Span<byte> opt = output.Slice(DnsFormat.HeaderLength, DnsFormat.OptLength);
        AnswerBuilder.WriteOpt(opt, rcode, query.DnssecOk, 0);
        output[11] = 1;
        return DnsFormat.HeaderLength + DnsFormat.OptLength;
    }

    /// <summary>Finds the answer (RFC 1034 section 4.3.2).</summary>
    private void Resolve(in DnsQuery query, in DnsAsker asker, in DnsMoment moment, ref AnswerBuilder answer)
    {
        if (query.Class != DnsFormat.ClassIn || query.Type is RecordType.Opt or (>= RecordType.Tkey and < RecordType.Any))
        {
            answer.Refuse();
            return;
        }
        Span<byte> lower = stackalloc byte[DomainName.MaxLength];
        ReadOnlySpan<byte> name = query.Name;
        for (int links = 0; links < AnswerBuilder.MostAliases; links++)
        {
            Span<byte> folded = lower[..name.Length];
            DomainName.Fold(name, folded);
            ZoneMatch match = moment.Frame.Table.Find(folded, out ZoneNode node);
            if (match == ZoneMatch.Elsewhere)
            {
                if (links == 0) answer.Refuse(); // beyond our zones the resolver goes on by itself
                return;
            }
            answer.At(node);
            if (match == ZoneMatch.Absent)
            {
                answer.Deny(DnsRcode.NxDomain);
                return;
            }
            if (match == ZoneMatch.Delegated)
            {
                if (links == 0) answer.Refer(node, moment.Frame.Table);
                return;
            }
            if (query.Type is not (RecordType.Cname or RecordType.Any) && node.Find(RecordType.Cname) is { } alias)
            {
                if (!answer.Add(name, alias)) return;
                name = alias.Data[0];
                continue;
            }
            AnswerAt(in query, in asker, in moment, node, name, ref answer);
            return;
        }
    }

    private void AnswerAt(
        in DnsQuery query, in DnsAsker asker, in DnsMoment moment, ZoneNode node, ReadOnlySpan<byte> name, ref AnswerBuilder answer)
    {
        if (query.Type == RecordType.Any) answer.AddMinimal(name, node);
        else if (node.Steered is { } target && query.Type is RecordType.A or RecordType.Aaaa or RecordType.Https)
            Steer(in query, in asker, in moment, target, name, ref answer);
        else if (node.Find(query.Type) is { } set) answer.Add(name, set);
        else answer.Deny(DnsRcode.NoError);
    }

    private void Steer(
        in DnsQuery query, in DnsAsker asker, in DnsMoment moment, SteeredTarget target, ReadOnlySpan<byte> name, ref AnswerBuilder answer)
    {
        if (moment.Snapshot is not { } snapshot)
        {
            answer.Fail(ExtendedError.NotReady);
            return;
        }
        IpKey client = asker.Address;
        int? blocked = null;
        if (query.Subnet is { SourceLength: > 0 } subnet && answer.Apex!.Zone.ClientSubnet)
        {
            // Nobody's clients are told apart by addresses that belong to everybody (RFC 7871 section 11.3 and RFC 6890).
            if (SpecialBlocks.TryFind(subnet.Address, out IpPrefix special)) blocked = special.Length;
            else client = subnet.Address;
        }
        bool usesSubnet = blocked is null && query.Subnet is { SourceLength: > 0 } && answer.Apex!.Zone.ClientSubnet;
        var question = new SteeredQuestion(target, client, AnswerBuilder.FamiliesOf(query.Type));
        SteeredAnswer.Decide(in moment, snapshot, in question, rules.PlayKbps, out SteeredAnswer decided);
        answer.Scope = usesSubnet ? decided.Scope : (byte)(blocked ?? 0);
        if (decided.Decision.Count > 0) answer.AddSteered(name, query.Type, target, in decided, snapshot.Fleet.Addresses);
        else if (decided.Decision.Outcome == DispatchOutcome.Fenced) answer.DenyByPolicy();
        else if (question.Families != AddressFamilies.None && AnyFamilyServes(in moment, snapshot, question)) answer.Deny(DnsRcode.NoError);
        else answer.Fail(ExtendedError.Other);
    }

    /// <summary>True when nodes can serve, but none that has an address of the family: there is no such record, and the other family's answer is good.</summary>
    private bool AnyFamilyServes(in DnsMoment moment, RoutingSnapshot snapshot, SteeredQuestion question)
    {
        SteeredAnswer.Decide(in moment, snapshot, question with { Families = AddressFamilies.None }, rules.PlayKbps, out SteeredAnswer decided);
        return decided.Decision.Count > 0;
    }
}
