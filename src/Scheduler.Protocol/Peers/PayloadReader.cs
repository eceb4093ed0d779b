using System.Buffers.Binary;
using System.Text;

namespace Scheduler.Protocol.Peers;

/// <summary>
/// Reads what <see cref="PayloadWriter"/> wrote, of any bytes. What is not there reads as nothing and makes <see cref="Failed"/> true, for good: so a reader asks once, at
/// the end.
/// </summary>
/// <param name="payload">The bytes.</param>
public ref struct PayloadReader(ReadOnlySpan<byte> payload)
{
    private ReadOnlySpan<byte> _left = payload;

    /// <summary>True once something was asked for that is not there or not well formed.</summary>
    public bool Failed { get; private set; }

    /// <summary>Bytes that are left.</summary>
    public readonly int Left => _left.Length;

    /// <summary>True when all was read, and all well formed.</summary>
    public readonly bool IsDone => !Failed && _left.IsEmpty;

    /// <summary>What was read makes no sense to the caller.</summary>
    public void Refuse() => Failed = true;

    /// <summary>A whole number in [0, most].</summary>
    public long Whole(long most = long.MaxValue)
    {
        ulong value = Bits();
        if (value <= (ulong)most) return (long)value;
        Failed = true;
        return 0;
    }

    /// <summary>A whole number of either sign.</summary>
    public long Signed()
    {
        ulong value = Bits();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>How many of something there are, each of which takes some bytes at least: no more than can be there, so that room may be made for them.</summary>
    /// <param name="bytesEach">Fewest bytes of one; at least 1.</param>
    /// <param name="most">Most there may be.</param>
    public int Count(int bytesEach, int most = int.MaxValue) => (int)Whole(Math.Min(most, _left.Length / bytesEach));

    /// <summary>One byte.</summary>
    public byte Byte()
    {
        ReadOnlySpan<byte> taken = Take(1);
        return taken.IsEmpty ? (byte)0 : taken[0];
    }

    /// <summary>64 bits of no structure.</summary>
    public ulong Word()
    {
        ReadOnlySpan<byte> taken = Take(sizeof(ulong));
        return taken.IsEmpty ? 0 : BinaryPrimitives.ReadUInt64LittleEndian(taken);
    }

    /// <summary>A real number in a range; what is no number is refused.</summary>
    public double Real(double least, double most)
    {
        double value = BitConverter.UInt64BitsToDouble(Word());
        return InRange(value, least, most) ? value : 0;
    }

    /// <summary>A real number of single precision in a range; what is no number is refused.</summary>
    public float Single(float least, float most)
    {
        ReadOnlySpan<byte> taken = Take(sizeof(float));
        float value = taken.IsEmpty ? 0 : BinaryPrimitives.ReadSingleLittleEndian(taken);
        return InRange(value, least, most) ? value : 0;
    }

    /// <summary>Bytes, their number first; a part of the payload itself.</summary>
    /// <param name="most">Most there may be.</param>
    public ReadOnlySpan<byte> Bytes(int most) => Take((int)Whole(most));

    /// <summary>Text in UTF-8, its length in bytes first.</summary>
    /// <param name="most">Most bytes there may be.</param>
    public string Text(int most)
    {
        ReadOnlySpan<byte> bytes = Bytes(most);
        if (System.Text.Unicode.Utf8.IsValid(bytes)) return Encoding.UTF8.GetString(bytes);
        Failed = true;
        return "";
    }

    private bool InRange(double value, double least, double most)
    {
        bool isIn = value >= least && value <= most;
        Failed |= !isIn;
        return isIn;
    }

    private ulong Bits()
    {
        ulong value = 0;
        for (int i = 0; i < _left.Length && i < 10; i++)
        {
            byte next = _left[i];
            if (i == 9 && next > 1) break; // more than 64 bits
            value |= (ulong)(next & 0x7F) << (7 * i);
            if (next >= 0x80) continue;
            _left = _left[(i + 1)..];
            return value;
        }
        Failed = true;
        _left = default;
        return 0;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (Failed || count > _left.Length)
        {
            Failed = true;
            _left = default;
            return default;
        }
        ReadOnlySpan<byte> taken = _left[..count];
        _left = _left[count..];
        return taken;
    }
}
