using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Scheduler.Protocol.Grpc.Protobuf;

/// <summary>
/// Fills a span with the fields of a message. The caller has made sure of the space: what does not fit is its bug, and throws. A value that is the default
/// of its field is left out, as the language wants it.
/// </summary>
/// <param name="destination">Where to.</param>
internal ref struct ProtobufOutput(Span<byte> destination)
{
    /// <summary>Most bytes that a tag and a length, or a tag and a number, take.</summary>
    public const int MaxHead = 16;

    private const int ReservedLength = 2;

    private readonly Span<byte> _destination = destination;
    private int _written;

    /// <summary>Bytes written so far.</summary>
    public readonly int Written => _written;

    /// <summary>The space that is left, for those who write themselves and then <see cref="Advance"/>.</summary>
    public readonly Span<byte> Free => _destination[_written..];

    /// <summary>Counts what was written into <see cref="Free"/>.</summary>
    public void Advance(int length) => _written += length;

    /// <summary>Copies whole fields that are ready.</summary>
    public void Raw(scoped ReadOnlySpan<byte> fields)
    {
        fields.CopyTo(_destination[_written..]);
        _written += fields.Length;
    }

    /// <summary>Writes a number; 0 is left out.</summary>
    public void Number(int field, long value)
    {
        if (value == 0) return;
        Tag(field, WireType.Varint);
        Varint(unchecked((ulong)value));
    }

    /// <summary>Writes a text or bytes; empty ones are left out.</summary>
    public void Bytes(int field, scoped ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty) return;
        Head(field, value.Length);
        Raw(value);
    }

    /// <summary>Writes a text; an empty one is left out.</summary>
    public void Text(int field, string value)
    {
        if (value.Length == 0) return;
        Head(field, System.Text.Encoding.UTF8.GetByteCount(value));
        _written += System.Text.Encoding.UTF8.GetBytes(value, Free);
    }

    /// <summary>Writes a float; 0 is left out.</summary>
    public void Float(int field, float value)
    {
        if (BitConverter.SingleToUInt32Bits(value) == 0) return;
        Tag(field, WireType.Fixed32);
        BinaryPrimitives.WriteSingleLittleEndian(Free, value);
        _written += sizeof(float);
    }

    /// <summary>Writes a double; 0 is left out.</summary>
    public void Double(int field, double value)
    {
        if (BitConverter.DoubleToUInt64Bits(value) == 0) return;
        Tag(field, WireType.Fixed64);
        BinaryPrimitives.WriteDoubleLittleEndian(Free, value);
        _written += sizeof(double);
    }

    /// <summary>Writes tag and length of a field whose bytes the caller writes next.</summary>
    public void Head(int field, int length)
    {
        Tag(field, WireType.Bytes);
        Varint((uint)length);
    }

    /// <summary>Begins a field that is a message; its own fields follow, then <see cref="Close"/>.</summary>
    /// <returns>What <see cref="Close"/> is to be given.</returns>
    public int Open(int field)
    {
        Tag(field, WireType.Bytes);
        int at = _written;
        _written += ReservedLength;
        return at;
    }

    /// <summary>Ends a field that is a message. Most are of 128 to 16,383 bytes, for whose length there is room; others are moved.</summary>
    public void Close(int at)
    {
        int begin = at + ReservedLength, length = _written - begin, size = VarintLength((uint)length);
        if (size != ReservedLength) _destination[begin.._written].CopyTo(_destination[(at + size)..]);
        _written = at;
        Varint((uint)length);
        _written += length;
    }

    /// <summary>Bytes that a varint takes.</summary>
    public static int VarintLength(ulong value) => value < 0x80 ? 1 : (70 - System.Numerics.BitOperations.LeadingZeroCount(value)) / 7;

    private void Tag(int field, WireType type) => Varint(((uint)field << 3) | (uint)type);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Varint(ulong value)
    {
        while (value >= 0x80)
        {
            _destination[_written++] = (byte)(value | 0x80);
            value >>= 7;
        }
        _destination[_written++] = (byte)value;
    }
}
