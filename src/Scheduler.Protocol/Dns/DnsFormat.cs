namespace Scheduler.Protocol.Dns;

/// <summary>Numbers of the message format (RFC 1035 section 4.1, RFC 6891, RFC 7871, RFC 7873, RFC 8914, RFC 5001).</summary>
internal static class DnsFormat
{
    public const int HeaderLength = 12;
    public const int QuestionOffset = HeaderLength;
    public const ushort QuestionPointer = 0xC000 | QuestionOffset;
    public const int ClassicUdpLength = 512;

    public const ushort ResponseFlag = 0x8000;
    public const ushort AuthoritativeFlag = 0x0400;
    public const ushort TruncatedFlag = 0x0200;
    public const ushort RecursionDesiredFlag = 0x0100;
    public const int OpcodeShift = 11;
    public const int OpcodeMask = 0xF;

    public const ushort ClassIn = 1;
    public const ushort DnssecOkFlag = 0x8000;

    public const ushort OptionNsid = 3;
    public const ushort OptionClientSubnet = 8;
    public const ushort OptionCookie = 10;
    public const ushort OptionExtendedError = 15;

    public const int OptLength = 11;
    public const int OptionHeader = 4;
}
