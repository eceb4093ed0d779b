using System.Buffers.Binary;
using System.Text;

namespace Scheduler.Tests.Server.Telemetry;

/// <summary>A protobuf message, read without its schema: fields by number, in order.</summary>
internal sealed class ProtoMessage
{
    private readonly ILookup<int, object> _fields;

    private ProtoMessage(List<(int Number, object Value)> fields) => _fields = fields.ToLookup(field => field.Number, field => field.Value);

    /// <summary>Reads one; fails on what is none.</summary>
    public static ProtoMessage Read(ReadOnlySpan<byte> bytes)
    {
        var fields = new List<(int, object)>();
        while (!bytes.IsEmpty)
        {
            ulong tag = Varint(ref bytes);
            fields.Add(((int)(tag >> 3), (tag & 7) switch
            {
                0 => Varint(ref bytes),
                1 => BinaryPrimitives.ReadUInt64LittleEndian(Take(ref bytes, 8)),
                2 => Take(ref bytes, (int)Varint(ref bytes)).ToArray(),
                5 => (ulong)BinaryPrimitives.ReadUInt32LittleEndian(Take(ref bytes, 4)),
                _ => throw new InvalidDataException($"wire type {tag & 7}"),
            }));
        }
        return new ProtoMessage(fields);
    }

    /// <summary>The messages in a field.</summary>
    public IEnumerable<ProtoMessage> Messages(int field) => _fields[field].Select(value => Read((byte[])value));

    /// <summary>The messages at the end of a path of fields.</summary>
    public IEnumerable<ProtoMessage> At(params int[] path) => path.Aggregate((IEnumerable<ProtoMessage>)[this], (all, field) => all.SelectMany(message => message.Messages(field)));

    /// <summary>The bytes in a field; empty where it is not there.</summary>
    public byte[] Bytes(int field) => (byte[]?)_fields[field].LastOrDefault() ?? [];

    /// <summary>The text in a field.</summary>
    public string Text(int field) => Encoding.UTF8.GetString(Bytes(field));

    /// <summary>The number in a field of eight bytes that is a double; 0 where it is not there.</summary>
    public double Double(int field) => BitConverter.UInt64BitsToDouble(Whole(field));

    /// <summary>The number in a field; 0 where it is not there.</summary>
    public ulong Whole(int field) => (ulong?)_fields[field].LastOrDefault() ?? 0;

    /// <summary>The attributes in a field (<c>KeyValue</c>): those that are text or whole numbers.</summary>
    public Dictionary<string, string> Attributes(int field) => Messages(field).ToDictionary(
        pair => pair.Text(1),
        pair => pair.Messages(2).Single() is var value && value._fields[3].Any() ? $"{value._fields[3].Single()}" : value.Text(1));

    private static ulong Varint(ref ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte part = Take(ref bytes, 1)[0];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80) return value;
        }
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> bytes, int count)
    {
        ReadOnlySpan<byte> taken = bytes[..count];
        bytes = bytes[count..];
        return taken;
    }
}
