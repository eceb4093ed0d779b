using System.Buffers.Binary;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Routing;
using Scheduler.Core.Zones;

namespace Scheduler.Protocol.Dns;

/// <summary>One answer while it is made: sections, flags, and the OPT record, for which room is kept from the start.</summary>
internal ref struct AnswerBuilder
{
    /// <summary>Aliases that are followed for one question.</summary>
    public const int MostAliases = 8;

    /// <summary>Names that an answer remembers, to point to.</summary>
    public const int MostNames = 48;

    private const ushort Hinfo = 13;

    private readonly DnsQuery _query;
    private readonly Span<byte> _output;
    private readonly DnsRules _rules;
    private readonly int _end; // of the question
    private MessageWriter _writer;
    private int _answers;
    private int _authority;
    private int _additional;
    private bool _authoritative = true;
    private ExtendedError? _error;

    /// <summary>Begins an answer: copies header and question.</summary>
    /// <param name="query">The question.</param>
    /// <param name="output">Takes the answer.</param>
    /// <param name="limit">Bytes that it may have.</param>
    /// <param name="rules">How questions are answered.</param>
    /// <param name="names">Room for <see cref="MostNames"/> places of names.</param>
    public AnswerBuilder(in DnsQuery query, Span<byte> output, int limit, DnsRules rules, Span<ushort> names)
    {
        _query = query;
        _output = output;
        _rules = rules;
        _end = DnsFormat.HeaderLength + query.QuestionLength;
        query.Message[.._end].CopyTo(output);
        // The question and the OPT record are answered however long they are: they came with the question.
        _writer = new MessageWriter(output, _end, Math.Max(_end, limit - ReservedLength()), names);
    }

    /// <summary>How it is answered.</summary>
    public DnsRcode Rcode { get; set; }

    /// <summary>The name that answers, or the nearest one above it; null when no zone of ours does.</summary>
    public ZoneNode? Node { get; private set; }

    /// <summary>The zone that answers; null when none does.</summary>
    public readonly ZoneApex? Apex => Node?.Apex;

    /// <summary>True when the asker is sent to TCP.</summary>
    public bool IsTruncated { get; private set; }

    /// <summary>The scope that is answered to who told a client's network.</summary>
    public byte Scope { get; set; }

    /// <summary>Cell of the client for whom nodes were named; null when none were.</summary>
    public int? Cell { get; private set; }

    /// <summary>Site of the first node that was named; null when none was.</summary>
    public int? Site { get; private set; }

    /// <summary>Addresses that nodes must have to be answered to a type of question.</summary>
    public static AddressFamilies FamiliesOf(RecordType type) => type switch
    {
        RecordType.A => AddressFamilies.V4,
        RecordType.Aaaa => AddressFamilies.V6,
        _ => AddressFamilies.None,
    };

    /// <summary>Writes the fixed part of an OPT record.</summary>
    public static void WriteOpt(Span<byte> opt, DnsRcode rcode, bool dnssecOk, int optionsLength)
    {
        opt[0] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(opt[1..], (ushort)RecordType.Opt);
        BinaryPrimitives.WriteUInt16BigEndian(opt[3..], DnsRules.MostUdpLength);
        opt[5] = (byte)((int)rcode >> 4);
        opt[6] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(opt[7..], dnssecOk ? DnsFormat.DnssecOkFlag : (ushort)0);
        BinaryPrimitives.WriteUInt16BigEndian(opt[9..], (ushort)optionsLength);
    }

    /// <summary>Notes the name that answers.</summary>
    public void At(ZoneNode node) => Node = node;

    /// <summary>Not for this server to answer.</summary>
    public void Refuse()
    {
        Rcode = DnsRcode.Refused;
        _authoritative = false;
        _error = ExtendedError.NotAuthoritative;
    }

    /// <summary>There is no answer now. What resolvers know from before holds on (RFC 8767), and they ask another server.</summary>
    public void Fail(ExtendedError error)
    {
        Cut();
        Rcode = DnsRcode.ServFail;
        _authoritative = false;
        _error = error;
    }

    /// <summary>There is no such name, or nothing of the type: the zone's SOA says for how long (RFC 2308 section 3).</summary>
    public void Deny(DnsRcode rcode)
    {
        Rcode = rcode;
        _answers = _writer.TakeCount() + _answers;
        if (!_writer.TryWrite(Apex!.Origin.Wire, RecordType.Soa, Apex.NegativeTtlS, Apex.Soa.Data[0])) Truncate();
        else _authority = _writer.TakeCount();
    }

    /// <summary>Answers with records; false when they do not fit, and then the asker is sent to TCP.</summary>
    public bool Add(scoped ReadOnlySpan<byte> name, RecordSet set)
    {
        foreach (byte[] data in set.Data)
        {
            if (_writer.TryWrite(name, set.Type, set.TtlS, data)) continue;
            Truncate();
            return false;
        }
        _answers += _writer.TakeCount();
        return true;
    }

    /// <summary>Answers who asks for everything that nobody is told everything (RFC 8482 section 4.2).</summary>
    public void AddMinimal(scoped ReadOnlySpan<byte> name, ZoneNode node)
    {
        if (node.Sets.Length == 0 && node.Steered is null) Deny(DnsRcode.NoError); // an empty name has nothing to hide
        else if (_writer.TryWrite(name, (RecordType)Hinfo, Apex!.Zone.TtlS, "\u0007RFC8482\0"u8)) _answers += _writer.TakeCount();
        else Truncate();
    }

    /// <summary>Tells the servers of a delegation, and the addresses of those that are below it (RFC 1034 section 4.3.2, RFC 9471).</summary>
    public void Refer(ZoneNode cut, ZoneTable table)
    {
        _authoritative = false;
        RecordSet servers = cut.Find(RecordType.Ns)!;
        foreach (byte[] server in servers.Data)
        {
            if (_writer.TryWrite(cut.Name.Wire, RecordType.Ns, servers.TtlS, server)) continue;
            Truncate();
            return;
        }
        _authority = _writer.TakeCount();
        Span<byte> lower = stackalloc byte[DomainName.MaxLength];
        foreach (byte[] server in servers.Data)
        {
            Span<byte> folded = lower[..server.Length];
            DomainName.Fold(server, folded);
            if (!table.TryFind(folded, out ZoneNode glue) || glue.Cut != cut) continue;
            foreach (RecordSet set in glue.Sets)
            {
                if (set.Type is not (RecordType.A or RecordType.Aaaa)) continue;
                foreach (byte[] address in set.Data)
                {
                    if (_writer.TryWrite(server, set.Type, set.TtlS, address)) continue;
                    Truncate();
                    return;
                }
            }
        }
        _additional = _writer.TakeCount();
    }

    /// <summary>Answers with nodes, as many as fit: an answer with fewer of them is whole too.</summary>
    public void AddSteered(scoped ReadOnlySpan<byte> name, RecordType type, SteeredTarget target, scoped in SteeredAnswer decided, NodeAddresses addresses)
    {
        Decision decision = decided.Decision;
        for (int i = 0; i < decision.Count; i++)
        {
            int start = _writer.Length;
            if (TryNode(name, type, target, decided.TtlS, i, decision[i].Node, addresses)) continue;
            _writer.CutTo(start);
            if (i == 0)
            {
                Truncate();
                return;
            }
            break;
        }
        _answers += _writer.TakeCount();
        (Cell, Site) = (decided.Located.Cell, decision[0].Site);
    }

    /// <summary>The policy leaves nothing for the client: it gets no records, and is told why.</summary>
    public void DenyByPolicy()
    {
        Deny(DnsRcode.NoError);
        _error = ExtendedError.Filtered;
    }

    /// <summary>Completes the message.</summary>
    /// <param name="cookie">Value of the cookie option; empty for none.</param>
    /// <returns>Its length.</returns>
    public int Finish(scoped ReadOnlySpan<byte> cookie)
    {
        int length = _writer.Length;
        ushort flags = (ushort)(DnsFormat.ResponseFlag | (_query.Flags & DnsFormat.RecursionDesiredFlag) | ((int)Rcode & 0xF)
            | (_authoritative ? DnsFormat.AuthoritativeFlag : 0) | (IsTruncated ? DnsFormat.TruncatedFlag : 0));
        BinaryPrimitives.WriteUInt16BigEndian(_output[2..], flags);
        BinaryPrimitives.WriteUInt16BigEndian(_output[4..], (ushort)(_query.Name.IsEmpty ? 0 : 1));
        BinaryPrimitives.WriteUInt16BigEndian(_output[6..], (ushort)_answers);
        BinaryPrimitives.WriteUInt16BigEndian(_output[8..], (ushort)_authority);
        BinaryPrimitives.WriteUInt16BigEndian(_output[10..], (ushort)(_additional + (_query.HasEdns ? 1 : 0)));
        return _query.HasEdns ? WriteEdns(length, cookie) : length;
    }

    private int WriteEdns(int start, scoped ReadOnlySpan<byte> cookie)
    {
        int at = start + DnsFormat.OptLength;
        if (_query.Subnet is { } subnet)
        {
            Span<byte> value = Option(ref at, DnsFormat.OptionClientSubnet, subnet.Length);
            subnet.Write(value, _query.SubnetValue, subnet.SourceLength == 0 ? (byte)0 : Scope);
        }
        if (!cookie.IsEmpty) cookie.CopyTo(Option(ref at, DnsFormat.OptionCookie, cookie.Length));
        if (_query.WantsServerId && !_rules.ServerId.IsEmpty) _rules.ServerId.Span.CopyTo(Option(ref at, DnsFormat.OptionNsid, _rules.ServerId.Length));
        if (_error is { } error) BinaryPrimitives.WriteUInt16BigEndian(Option(ref at, DnsFormat.OptionExtendedError, 2), (ushort)error);
        WriteOpt(_output[start..], Rcode, _query.DnssecOk, at - start - DnsFormat.OptLength);
        return at;
    }

    private readonly Span<byte> Option(ref int at, ushort code, int length)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_output[at..], code);
        BinaryPrimitives.WriteUInt16BigEndian(_output[(at + 2)..], (ushort)length);
        at += DnsFormat.OptionHeader + length;
        return _output.Slice(at - length, length);
    }

    private readonly int ReservedLength()
    {
        if (!_query.HasEdns) return 0;
        int length = DnsFormat.OptLength + DnsFormat.OptionHeader + sizeof(ushort);
        if (_query.Subnet is { } subnet) length += DnsFormat.OptionHeader + subnet.Length;
        if (!_query.Cookie.IsEmpty) length += DnsFormat.OptionHeader + CookieJar.ClientLength + CookieJar.ServerLength;
        if (_query.WantsServerId && !_rules.ServerId.IsEmpty) length += DnsFormat.OptionHeader + _rules.ServerId.Length;
        return length;
    }

    private bool TryNode(
        scoped ReadOnlySpan<byte> name, RecordType type, SteeredTarget target, int ttlS, int rank, int node, NodeAddresses addresses)
    {
        Span<byte> address = stackalloc byte[16];
        if (!_writer.TryBegin(name, type, ttlS)) return false;
        int start = _writer.Length;
        bool fits = type switch
        {
            RecordType.A => _writer.TryBytes(V4Of(addresses, node, address)),
            RecordType.Aaaa => _writer.TryBytes(V6Of(addresses, node, address)),
            _ => TryService(target, rank, node, addresses, address),
        };
        if (fits) _writer.End(start);
        return fits;
    }

    /// <summary>An HTTPS record: the node's own name as the target, never compressed (RFC 9460 section 2.2), and how to reach it at once.</summary>
    private bool TryService(SteeredTarget target, int rank, int node, NodeAddresses addresses, scoped Span<byte> address)
    {
        if (!_writer.TryNumber((ushort)(rank + 1)) || !_writer.TryBytes(addresses.Host(node))) return false;
        ReadOnlySpan<byte> alpn = target.Alpn.Span;
        if (!alpn.IsEmpty && !(TryKey(ServiceParameter.Alpn, alpn.Length) && _writer.TryBytes(alpn))) return false;
        if (addresses.Port(node) is { } port && !(TryKey(ServiceParameter.Port, sizeof(ushort)) && _writer.TryNumber(port))) return false;
        if (addresses.Has(node, AddressFamilies.V4) && !(TryKey(ServiceParameter.Ipv4Hint, 4) && _writer.TryBytes(V4Of(addresses, node, address)))) return false;
        return !addresses.Has(node, AddressFamilies.V6) || (TryKey(ServiceParameter.Ipv6Hint, 16) && _writer.TryBytes(V6Of(addresses, node, address)));
    }

    private bool TryKey(ServiceParameter key, int length) => _writer.TryNumber((ushort)key) && _writer.TryNumber((ushort)length);

    private static ReadOnlySpan<byte> V4Of(NodeAddresses addresses, int node, Span<byte> room)
    {
        BinaryPrimitives.WriteUInt32BigEndian(room, addresses.V4(node).V4);
        return room[..4];
    }

    private static ReadOnlySpan<byte> V6Of(NodeAddresses addresses, int node, Span<byte> room)
    {
        BinaryPrimitives.WriteUInt64BigEndian(room, addresses.V6(node).High);
        BinaryPrimitives.WriteUInt64BigEndian(room[8..], addresses.V6(node).Low);
        return room[..16];
    }

    private void Truncate()
    {
        Cut();
        IsTruncated = true;
    }

    private void Cut()
    {
        _writer.CutTo(_end);
        _ = _writer.TakeCount();
        (_answers, _authority, _additional) = (0, 0, 0);
    }
}
