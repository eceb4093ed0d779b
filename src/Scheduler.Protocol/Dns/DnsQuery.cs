using System.Buffers.Binary;
using Scheduler.Core.Zones;

namespace Scheduler.Protocol.Dns;

/// <summary>A question as it came, read in place: spans are parts of the message.</summary>
public ref struct DnsQuery
{
    /// <summary>The message.</summary>
    public ReadOnlySpan<byte> Message { get; private set; }

    /// <summary>The name that is asked for, letters as they came; empty when there is no question.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>The type that is asked for.</summary>
    public RecordType Type { get; private set; }

    /// <summary>The class that is asked for; 1 for the Internet.</summary>
    public ushort Class { get; private set; }

    /// <summary>True when the message has an OPT record; only then may the answer (RFC 6891 section 7).</summary>
    public bool HasEdns { get; private set; }

    /// <summary>Bytes that the asker takes over UDP; what is under 512 counts as 512 (RFC 6891 section 6.2.3).</summary>
    public int UdpLength { get; private set; }

    /// <summary>True when the asker wants to see signatures; copied into the answer (RFC 3225).</summary>
    public bool DnssecOk { get; private set; }

    /// <summary>The client's network; null when none was told.</summary>
    public ClientSubnet? Subnet { get; private set; }

    /// <summary>The value of the option that <see cref="Subnet"/> was read from.</summary>
    internal ReadOnlySpan<byte> SubnetValue { get; private set; }

    /// <summary>The cookie option: the client's 8 bytes and what the server gave it, if anything; empty when there is none.</summary>
    public ReadOnlySpan<byte> Cookie { get; private set; }

    /// <summary>True when the asker wants to know which server answers (RFC 5001).</summary>
    public bool WantsServerId { get; private set; }

    /// <summary>Header flags as they came.</summary>
    internal readonly ushort Flags => BinaryPrimitives.ReadUInt16BigEndian(Message[2..]);

    /// <summary>Bytes of the question section.</summary>
    internal readonly int QuestionLength => Name.IsEmpty ? 0 : Name.Length + 4;

    /// <summary>Reads a message. Work is bounded by its length; nothing is believed of it before it was looked at.</summary>
    /// <param name="message">The message.</param>
    /// <param name="query">What could be read of it, whatever the verdict.</param>
    public static QueryVerdict Read(ReadOnlySpan<byte> message, out DnsQuery query)
    {
        query = new DnsQuery { UdpLength = DnsFormat.ClassicUdpLength };
        if (message.Length < DnsFormat.HeaderLength || (message[2] & 0x80) != 0) return QueryVerdict.Drop;
        query.Message = message;
        if ((query.Flags >> DnsFormat.OpcodeShift & DnsFormat.OpcodeMask) != 0) return QueryVerdict.NotImplemented;
        int questions = BinaryPrimitives.ReadUInt16BigEndian(message[4..]);
        int records = BinaryPrimitives.ReadUInt16BigEndian(message[6..]) + BinaryPrimitives.ReadUInt16BigEndian(message[8..]);
        int additional = BinaryPrimitives.ReadUInt16BigEndian(message[10..]);
        if (questions > 1) return QueryVerdict.FormatError; // RFC 9619
        int at = DnsFormat.HeaderLength;
        if (questions == 1 && !query.ReadQuestion(ref at)) return QueryVerdict.FormatError;
        for (int i = 0; i < records; i++)
            if (!TrySkipRecord(message, ref at, out _, out _)) return QueryVerdict.FormatError;
        int version = 0;
        for (int i = 0; i < additional; i++)
        {
            int start = at;
            if (!TrySkipRecord(message, ref at, out RecordType type, out int data)) return QueryVerdict.FormatError;
            if (type != RecordType.Opt) continue;
            if (query.HasEdns || message[start] != 0) return QueryVerdict.FormatError; // one, and the root's (RFC 6891 section 6.1.1)
            version = query.ReadEdns(message[start..data]);
            if (version == 0 && !query.ReadOptions(message[data..at])) return QueryVerdict.FormatError;
        }
        if (at != message.Length) return QueryVerdict.FormatError;
        if (version != 0) return QueryVerdict.BadVersion;
        // Without a question a cookie may be asked for (RFC 7873 section 5.4), and nothing else.
        return questions == 1 || query.Cookie.Length > 0 ? QueryVerdict.Answer : QueryVerdict.FormatError;
    }

    private bool ReadQuestion(ref int at)
    {
        int start = at;
        if (!TryReadName(Message, ref at) || at + 4 > Message.Length) return false;
        Name = Message[start..at];
        Type = (RecordType)BinaryPrimitives.ReadUInt16BigEndian(Message[at..]);
        Class = BinaryPrimitives.ReadUInt16BigEndian(Message[(at + 2)..]);
        at += 4;
        return true;
    }

    /// <summary>Passes over a whole name; nothing stands before it that a pointer could point to.</summary>
    private static bool TryReadName(ReadOnlySpan<byte> message, ref int at)
    {
        int start = at;
        while (true)
        {
            if (at >= message.Length || message[at] > DomainName.MaxLabel) return false;
            int label = message[at];
            at += label + 1;
            if (at - start > DomainName.MaxLength) return false;
            if (label == 0) return true;
        }
    }

    /// <summary>Passes over a record, whose name may end in a pointer: it is not followed, as nothing is asked of the name.</summary>
    private static bool TrySkipRecord(ReadOnlySpan<byte> message, ref int at, out RecordType type, out int data)
    {
        (type, data) = (RecordType.None, 0);
        int start = at;
        while (true)
        {
            if (at >= message.Length || at - start > DomainName.MaxLength) return false;
            int label = message[at++];
            if (label == 0) break;
            if (label >= 0xC0)
            {
                if (at >= message.Length || ((label & 0x3F) << 8 | message[at]) >= start) return false; // only backwards (RFC 1035 section 4.1.4)
                at++;
                break;
            }
            if (label > DomainName.MaxLabel) return false;
            at += label;
        }
        if (at + 10 > message.Length) return false;
        type = (RecordType)BinaryPrimitives.ReadUInt16BigEndian(message[at..]);
        data = at + 10;
        at = data + BinaryPrimitives.ReadUInt16BigEndian(message[(at + 8)..]);
        return at <= message.Length;
    }

    /// <summary>Reads the fixed part of an OPT record.</summary>
    /// <returns>Its version.</returns>
    private int ReadEdns(ReadOnlySpan<byte> fixedPart)
    {
        HasEdns = true;
        UdpLength = Math.Max(DnsFormat.ClassicUdpLength, (int)BinaryPrimitives.ReadUInt16BigEndian(fixedPart[3..]));
        DnssecOk = (BinaryPrimitives.ReadUInt16BigEndian(fixedPart[7..]) & DnsFormat.DnssecOkFlag) != 0;
        return fixedPart[6];
    }

    private bool ReadOptions(ReadOnlySpan<byte> options)
    {
        while (!options.IsEmpty)
        {
            if (options.Length < DnsFormat.OptionHeader) return false;
            int code = BinaryPrimitives.ReadUInt16BigEndian(options), length = BinaryPrimitives.ReadUInt16BigEndian(options[2..]);
            options = options[DnsFormat.OptionHeader..];
            if (length > options.Length || !ReadOption(code, options[..length])) return false;
            options = options[length..];
        }
        return true;
    }

    private bool ReadOption(int code, ReadOnlySpan<byte> value)
    {
        switch (code)
        {
            case DnsFormat.OptionClientSubnet:
                if (Subnet is not null || !ClientSubnet.TryRead(value, out ClientSubnet subnet)) return false;
                Subnet = subnet;
                SubnetValue = value;
                return true;
            case DnsFormat.OptionCookie:
                if (value.Length is not (8 or (>= 16 and <= 40))) return false; // RFC 7873 section 5.2.2
                if (Cookie.IsEmpty) Cookie = value; // of several the first counts (section 4)
                return true;
            case DnsFormat.OptionNsid:
                WantsServerId = true;
                return true;
            default:
                return true; // RFC 6891 section 6.1.2
        }
    }
}
