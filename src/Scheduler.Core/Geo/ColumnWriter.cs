using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Scheduler.Core.Geo;

/// <summary>Collects one column of a map file and compresses it.</summary>
internal sealed class ColumnWriter
{
    private const int BrotliWindowBits = 24;

    private readonly MemoryStream _bytes = new();

    public void Byte(byte value) => _bytes.WriteByte(value);

    /// <summary>A number in seven bits a byte, lowest first.</summary>
    public void Number(UInt128 value)
    {
        for (; value >= 0x80; value >>= 7) _bytes.WriteByte((byte)((byte)value | 0x80));
        _bytes.WriteByte((byte)value);
    }

    public void Text(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        Number((uint)utf8.Length);
        _bytes.Write(utf8);
    }

    public void Real(double value)
    {
        Span<byte> eight = stackalloc byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(eight, value);
        _bytes.Write(eight);
    }

    /// <summary>The column, compressed.</summary>
    /// <param name="quality">Brotli's, 0 to 11.</param>
    public byte[] Compress(int quality)
    {
        ReadOnlySpan<byte> plain = _bytes.GetBuffer().AsSpan(0, (int)_bytes.Length);
        byte[] packed = new byte[BrotliEncoder.GetMaxCompressedLength(plain.Length)];
        if (!BrotliEncoder.TryCompress(plain, packed, out int written, quality, BrotliWindowBits))
            throw new InvalidOperationException("Brotli refused the column");
        return packed[..written];
    }
}
