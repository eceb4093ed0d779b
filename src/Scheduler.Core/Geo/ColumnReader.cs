using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using System.Text;

namespace Scheduler.Core.Geo;

/// <summary>Reads one column of a map file, and unpacks it piece by piece: the whole of it is never in memory.</summary>
internal sealed class ColumnReader : IDisposable
{
    private const int BufferBytes = 1 << 16;
    private const int MaxTextBytes = 1 << 10;

    private readonly ReadOnlyMemory<byte> _packed;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private BrotliDecoder _decoder;
    private int _packedAt, _bufferAt, _bufferEnd;

    public ColumnReader(ReadOnlyMemory<byte> packed) => _packed = packed;

    /// <summary>True when everything was read and nothing is left over.</summary>
    public bool IsAtEnd => _bufferAt == _bufferEnd && !Fill();

    public bool TryByte(out byte value)
    {
        value = 0;
        if (_bufferAt == _bufferEnd && !Fill()) return false;
        value = _buffer[_bufferAt++];
        return true;
    }

    public bool TryNumber(out UInt128 value)
    {
        value = 0;
        for (int shift = 0; shift < 128; shift += 7)
        {
            if (!TryByte(out byte b)) return false;
            value |= (UInt128)(b & 0x7Fu) << shift;
            if (b < 0x80) return true;
        }
        return false;
    }

    /// <summary>A number that fits 63 bits.</summary>
    public bool TryCount(out long value)
    {
        bool read = TryNumber(out UInt128 number) && number <= long.MaxValue;
        value = read ? (long)number : 0;
        return read;
    }

    public bool TryText([NotNullWhen(true)] out string? text)
    {
        text = null;
        if (!TryCount(out long length) || length > MaxTextBytes) return false;
        Span<byte> utf8 = stackalloc byte[(int)length];
        foreach (ref byte b in utf8)
            if (!TryByte(out b)) return false;
        text = Encoding.UTF8.GetString(utf8);
        return true;
    }

    public bool TryReal(out double value)
    {
        value = 0;
        Span<byte> eight = stackalloc byte[8];
        foreach (ref byte b in eight)
            if (!TryByte(out b)) return false;
        value = BinaryPrimitives.ReadDoubleLittleEndian(eight);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _decoder.Dispose();

    private bool Fill()
    {
        OperationStatus status = _decoder.Decompress(_packed.Span[_packedAt..], _buffer, out int consumed, out int written);
        _packedAt += consumed;
        (_bufferAt, _bufferEnd) = (0, written);
        return status != OperationStatus.InvalidData && written > 0;
    }
}
