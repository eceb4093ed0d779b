using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Scheduler.Protocol.Peers;

/// <summary>Writes the payload of a frame: whole numbers in LEB128, the rest as it is.</summary>
/// <param name="output">Where to.</param>
public readonly ref struct PayloadWriter(IBufferWriter<byte> output)
{
    private const int LongestVarint = 10;

    /// <summary>Writes a whole number of at least 0.</summary>
    public void Whole(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        Bits((ulong)value);
    }

    /// <summary>Writes a whole number of either sign; near 0 it is short.</summary>
    public void Signed(long value) => Bits((ulong)((value << 1) ^ (value >> 63)));

    /// <summary>Writes one byte.</summary>
    public void Byte(byte value)
    {
        output.GetSpan(1)[0] = value;
        output.Advance(1);
    }

    /// <summary>Writes 64 bits of no structure, such as a hash.</summary>
    public void Word(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(output.GetSpan(sizeof(ulong)), value);
        output.Advance(sizeof(ulong));
    }

    /// <summary>Writes a real number.</summary>
    public void Real(double value) => Word(BitConverter.DoubleToUInt64Bits(value));

    /// <summary>Writes a real number of single precision.</summary>
    public void Single(float value)
    {
        BinaryPrimitives.WriteSingleLittleEndian(output.GetSpan(sizeof(float)), value);
        output.Advance(sizeof(float));
    }

    /// <summary>Writes bytes, their number first.</summary>
    public void Bytes(ReadOnlySpan<byte> value)
    {
        Whole(value.Length);
        output.Write(value);
    }

    /// <summary>Writes text in UTF-8, its length first.</summary>
    public void Text(string value) => Bytes(Encoding.UTF8.GetBytes(value));

    private void Bits(ulong value)
    {
        Span<byte> span = output.GetSpan(LongestVarint);
        int length = 0;
        for (; value >= 0x80; value >>= 7) span[length++] = (byte)(value | 0x80);
        span[length++] = (byte)value;
        output.Advance(length);
    }
}
