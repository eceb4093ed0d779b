using System.Buffers.Binary;
using Scheduler.Core.Zones;

namespace Scheduler.Protocol.Dns;

/// <summary>Writes the records of an answer behind its question, names compressed (RFC 1035 section 4.1.4), up to a length beyond which nothing is written.</summary>
internal ref struct MessageWriter
{
    private readonly Span<byte> _output;
    private readonly Span<ushort> _names; // where names begin that later ones may point to
    private readonly int _limit;
    private int _nameCount;

    /// <summary>Begins behind the header and the question.</summary>
    /// <param name="output">The message; its first bytes are the header and the question.</param>
    /// <param name="length">Bytes that are there.</param>
    /// <param name="limit">Bytes that there may be in all.</param>
    /// <param name="names">Room to remember names in; need not be cleared.</param>
    public MessageWriter(Span<byte> output, int length, int limit, Span<ushort> names)
    {
        _output = output;
        _names = names;
        (Length, _limit) = (length, Math.Min(limit, output.Length));
        Remember(DnsFormat.QuestionOffset);
    }

    /// <summary>Bytes that are there.</summary>
    public int Length { get; private set; }

    /// <summary>Bytes that may still be written.</summary>
    public readonly int Room => _limit - Length;

    /// <summary>Records written since the last <see cref="TakeCount"/>.</summary>
    public int Records { get; private set; }

    /// <summary>Records written since the last call: of one section.</summary>
    public int TakeCount()
    {
        int count = Records;
        Records = 0;
        return count;
    }

    /// <summary>Goes back to an earlier length, and forgets the names behind it.</summary>
    public void CutTo(int length)
    {
        Length = length;
        while (_nameCount > 0 && _names[_nameCount - 1] >= length) _nameCount--;
    }

    /// <summary>Writes a record whose data may hold names; false when it does not fit, and then nothing is written.</summary>
    /// <param name="owner">Its name, whole.</param>
    /// <param name="type">Its type.</param>
    /// <param name="ttlS">Time for which it holds, s.</param>
    /// <param name="data">What it says; names inside are whole.</param>
    public bool TryWrite(scoped ReadOnlySpan<byte> owner, RecordType type, int ttlS, scoped ReadOnlySpan<byte> data)
    {
        int start = Length;
        if (!TryBegin(owner, type, ttlS)) return false;
        int dataStart = Length;
        bool fits = type switch
        {
            RecordType.Ns or RecordType.Cname => TryName(data),
            RecordType.Soa => TrySoa(data),
            _ => TryBytes(data),
        };
        if (!fits)
        {
            CutTo(start);
            return false;
        }
        End(dataStart);
        return true;
    }

    /// <summary>Begins a record whose data the caller writes with <see cref="TryBytes"/>.</summary>
    public bool TryBegin(scoped ReadOnlySpan<byte> owner, RecordType type, int ttlS)
    {
        int start = Length;
        if (TryName(owner) && Room >= 10)
        {
            Span<byte> head = _output.Slice(Length, 10);
            BinaryPrimitives.WriteUInt16BigEndian(head, (ushort)type);
            BinaryPrimitives.WriteUInt16BigEndian(head[2..], DnsFormat.ClassIn);
            BinaryPrimitives.WriteUInt32BigEndian(head[4..], (uint)ttlS);
            Length += 10;
            return true;
        }
        CutTo(start);
        return false;
    }

    /// <summary>Ends a record that <see cref="TryBegin"/> began.</summary>
    /// <param name="dataStart">Where its data begin.</param>
    public void End(int dataStart)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_output[(dataStart - 2)..], (ushort)(Length - dataStart));
        Records++;
    }

    /// <summary>Writes bytes as they are; false when they do not fit.</summary>
    public bool TryBytes(scoped ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > Room) return false;
        bytes.CopyTo(_output[Length..]);
        Length += bytes.Length;
        return true;
    }

    /// <summary>Writes a number of two bytes; false when it does not fit.</summary>
    public bool TryNumber(ushort value)
    {
        if (Room < 2) return false;
        BinaryPrimitives.WriteUInt16BigEndian(_output[Length..], value);
        Length += 2;
        return true;
    }

    private bool TrySoa(scoped ReadOnlySpan<byte> data)
    {
        int primary = LengthOf(data), mailbox = LengthOf(data[primary..]);
        return TryName(data[..primary]) && TryName(data.Slice(primary, mailbox)) && TryBytes(data[(primary + mailbox)..]);
    }

    /// <summary>Writes a name: as much of its end as was written before becomes a pointer.</summary>
    private bool TryName(scoped ReadOnlySpan<byte> name)
    {
        int at = 0;
        for (; name[at] != 0; at += name[at] + 1)
        {
            if (Find(name[at..]) is not (>= 0 and var pointer)) continue;
            if (Room < at + 2) return false;
            RememberLabels(name[..at]);
            name[..at].CopyTo(_output[Length..]);
            BinaryPrimitives.WriteUInt16BigEndian(_output[(Length + at)..], (ushort)(0xC000 | pointer));
            Length += at + 2;
            return true;
        }
        if (Room < at + 1) return false;
        RememberLabels(name[..at]);
        name[..(at + 1)].CopyTo(_output[Length..]);
        Length += at + 1;
        return true;
    }

    /// <summary>Where a name stands already; below 0 when nowhere.</summary>
    private readonly int Find(scoped ReadOnlySpan<byte> name)
    {
        for (int i = 0; i < _nameCount; i++)
            if (Stands(name, _names[i])) return _names[i];
        return -1;
    }

    private readonly bool Stands(scoped ReadOnlySpan<byte> name, int at)
    {
        while (true)
        {
            int label = _output[at];
            if (label >= 0xC0)
            {
                at = (label & 0x3F) << 8 | _output[at + 1]; // ours, and so backwards
                continue;
            }
            if (label != name[0]) return false;
            if (label == 0) return true;
            if (!System.Text.Ascii.EqualsIgnoreCase(_output.Slice(at + 1, label), name.Slice(1, label))) return false;
            at += label + 1;
            name = name[(label + 1)..];
        }
    }

    /// <summary>Remembers the name at a place and those that it ends in.</summary>
    private void Remember(int at)
    {
        for (; at < Length && _output[at] is > 0 and < 0xC0; at += _output[at] + 1)
            if (_nameCount < _names.Length) _names[_nameCount++] = (ushort)at;
    }

    private void RememberLabels(scoped ReadOnlySpan<byte> labels)
    {
        for (int at = 0; at < labels.Length; at += labels[at] + 1)
            if (_nameCount < _names.Length && Length + at < 0x4000) _names[_nameCount++] = (ushort)(Length + at);
    }

    private static int LengthOf(ReadOnlySpan<byte> name)
    {
        int at = 0;
        while (name[at] != 0) at += name[at] + 1;
        return at + 1;
    }
}
