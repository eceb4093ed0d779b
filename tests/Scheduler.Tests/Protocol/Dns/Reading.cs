using System.Buffers.Binary;
using System.Net;
using System.Text;
using Scheduler.Core.Zones;
using Scheduler.Protocol.Dns;

namespace Scheduler.Tests.Protocol.Dns;

/// <summary>An answer, read by a reader of its own that knows nothing of the code that is tested and refuses what is not well formed.</summary>
internal sealed class Reading
{
    private readonly byte[] _message;

    public Reading(ReadOnlySpan<byte> message)
    {
        _message = message.ToArray();
        int at = 12;
        if (Number(4) > 0)
        {
            Question = Name(ref at);
            at += 4;
        }
        QuestionEnd = at;
        Answers = Section(6, ref at);
        Authority = Section(8, ref at);
        Additional = Section(10, ref at);
        Assert.Equal(_message.Length, at);
        if (Additional.SingleOrDefault(record => record.Type == RecordType.Opt) is { } opt)
        {
            Opt = opt;
            for (int i = 0; i < opt.Data.Length;)
            {
                int length = BinaryPrimitives.ReadUInt16BigEndian(opt.Data.AsSpan(i + 2));
                Options.Add(BinaryPrimitives.ReadUInt16BigEndian(opt.Data.AsSpan(i)), opt.Data[(i + 4)..(i + 4 + length)]);
                i += 4 + length;
            }
        }
    }

    public string Question { get; } = "";
    public int QuestionEnd { get; }
    public List<Record> Answers { get; }
    public List<Record> Authority { get; }
    public List<Record> Additional { get; }
    public Record? Opt { get; }
    public Dictionary<int, byte[]> Options { get; } = [];
    public int Id => Number(0);
    public bool IsAuthoritative => (Number(2) & 0x0400) != 0;
    public bool IsTruncated => (Number(2) & 0x0200) != 0;
    public bool RecursionDesired => (Number(2) & 0x0100) != 0;
    public int ReservedFlags => Number(2) & 0x00F0;
    public bool IsResponse => (Number(2) & 0x8000) != 0;
    public DnsRcode Rcode => (DnsRcode)((Number(2) & 0xF) | (Opt is { } opt ? (int)(opt.Ttl >> 24) << 4 : 0));
    public int Length => _message.Length;
    public IEnumerable<string> Addresses => Answers.Where(record => record.Type is RecordType.A or RecordType.Aaaa).Select(record => new IPAddress(record.Data).ToString());

    /// <summary>Scope of the client subnet; null without the option.</summary>
    public int? Scope => Options.TryGetValue(8, out byte[]? subnet) ? subnet[3] : null;

    /// <summary>The names that a record's data hold, followed through pointers.</summary>
    public string NameIn(Record record, int offset = 0)
    {
        int at = record.DataAt + offset;
        return Name(ref at);
    }

    private int Number(int at) => BinaryPrimitives.ReadUInt16BigEndian(_message.AsSpan(at));

    private List<Record> Section(int countAt, ref int at)
    {
        var records = new List<Record>();
        for (int i = Number(countAt); i > 0; i--)
        {
            string owner = Name(ref at);
            int length = Number(at + 8);
            records.Add(new Record(
                owner, (RecordType)Number(at), Number(at + 2), BinaryPrimitives.ReadUInt32BigEndian(_message.AsSpan(at + 4)), at + 10, _message[(at + 10)..(at + 10 + length)]));
            at += 10 + length;
        }
        return records;
    }

    private string Name(ref int at)
    {
        var text = new StringBuilder();
        int? after = null;
        for (int jumps = 0; _message[at] != 0;)
        {
            if (_message[at] >= 0xC0)
            {
                int target = (_message[at] & 0x3F) << 8 | _message[at + 1];
                Assert.True(target < at && ++jumps < 20, "a pointer must go backwards");
                after ??= at + 2;
                at = target;
                continue;
            }
            Assert.True(_message[at] < 64);
            text.Append(Encoding.ASCII.GetString(_message, at + 1, _message[at])).Append('.');
            at += _message[at] + 1;
        }
        at = after ?? at + 1;
        return text.Length == 0 ? "." : text.ToString();
    }

    internal sealed record Record(string Owner, RecordType Type, int Class, uint Ttl, int DataAt, byte[] Data);
}
