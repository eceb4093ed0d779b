using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using System.Text.Unicode;

namespace Scheduler.Core.Geo;

/// <summary>
/// Decodes values of one section. Whatever the bytes are, it ends, stays inside the section, recurses at most <see cref="MaxDepth"/> deep
/// and makes at most a fixed amount of garbage: pointers may share values, so a small file could otherwise unfold to more than any memory
/// holds.
/// </summary>
internal ref struct MmdbDecoder
{
    /// <summary>Deepest nesting. Real files have five levels.</summary>
    private const int MaxDepth = 64;

    /// <summary>Most values that one record may unfold to. Real records have a few hundred.</summary>
    private const int MaxValues = 1 << 16;

    /// <summary>Most bytes of texts and byte strings in one record. The format's longest single value has 16.8 million.</summary>
    private const int MaxBytes = 1 << 25;

    private readonly ReadOnlySpan<byte> _section;
    private readonly long _sectionOffset;
    private int _valuesLeft = MaxValues;
    private int _bytesLeft = MaxBytes;

    /// <summary>A decoder for one record.</summary>
    /// <param name="section">The bytes that pointers count from.</param>
    /// <param name="sectionOffset">Where the section starts in the file, for problems.</param>
    public MmdbDecoder(ReadOnlySpan<byte> section, long sectionOffset)
    {
        _section = section;
        _sectionOffset = sectionOffset;
    }

    /// <summary>What went wrong; null while nothing has.</summary>
    public MmdbProblem? Problem { get; private set; }

    /// <summary>The value at an offset, or null and a <see cref="Problem"/>.</summary>
    public MmdbValue? Read(int offset)
    {
        int at = offset;
        return Value(ref at, 0);
    }

    private MmdbValue? Value(ref int at, int depth)
    {
        if (depth > MaxDepth) return Fail(MmdbFault.TooDeep, at, "values are nested too deeply");
        if (--_valuesLeft < 0) return Fail(MmdbFault.TooLarge, at, "a record unfolds to too many values");
        if (!Control(ref at, out int type, out int size)) return null;
        if (type != Pointer) return Content(type, size, ref at, depth);

        if (!Target(ref at, size, out int target)) return null;
        int targetStart = target;
        if (!Control(ref target, out type, out size)) return null;
        if (type == Pointer) return Fail(MmdbFault.BadPointer, targetStart, "a pointer points at a pointer");
        return Content(type, size, ref target, depth);
    }

    private const int Pointer = 1;

    /// <summary>Reads a control byte and what extends it. For a pointer, the size is its five raw bits.</summary>
    private bool Control(ref int at, out int type, out int size)
    {
        (type, size) = (0, 0);
        if (!Take(ref at, 1, out ReadOnlySpan<byte> control)) return false;
        type = control[0] >> 5;
        size = control[0] & 0x1F;
        if (type == Pointer) return true;
        if (type == 0)
        {
            if (!Take(ref at, 1, out ReadOnlySpan<byte> extended)) return false;
            type = extended[0] + 7;
        }
        if (size < 29) return true;
        int extra = size - 28;
        if (!Take(ref at, extra, out ReadOnlySpan<byte> more)) return false;
        size = Unsigned(more) + (extra switch { 1 => 29, 2 => 285, _ => 65_821 });
        return true;
    }

    private bool Target(ref int at, int bits, out int target)
    {
        target = 0;
        int start = at, extra = (bits >> 3) + 1;
        if (!Take(ref at, extra, out ReadOnlySpan<byte> rest)) return false;
        long value = (uint)Unsigned(rest);
        value = extra switch
        {
            1 => ((bits & 7) << 8) + value,
            2 => ((bits & 7) << 16) + value + 2_048,
            3 => ((bits & 7) << 24) + value + 526_336,
            _ => value,
        };
        if (value >= _section.Length)
        {
            Fail(MmdbFault.BadPointer, start, "a pointer points outside its section");
            return false;
        }
        target = (int)value;
        return true;
    }

    private MmdbValue? Content(int type, int size, ref int at, int depth)
    {
        switch ((MmdbKind)type)
        {
            case MmdbKind.Map: return Map(size, ref at, depth);
            case MmdbKind.Array: return Array(size, ref at, depth);
            case MmdbKind.Boolean:
                return size <= 1 ? MmdbValue.OfBoolean(size == 1) : Fail(MmdbFault.BadSize, at, "a boolean is neither 0 nor 1");
            case MmdbKind.Text: return Text(size, ref at) is { } text ? MmdbValue.OfText(text) : null;
        }
        int start = at;
        if (!Take(ref at, size, out ReadOnlySpan<byte> bytes)) return null;
        int width = Width(type);
        if (width == 0) return Fail(MmdbFault.BadType, start, "a value has an unknown type");
        bool exact = (MmdbKind)type is MmdbKind.Double or MmdbKind.Float;
        if (size > width || (exact && size != width))
            return Fail(MmdbFault.BadSize, start, "a number has a size that its type cannot have");
        switch ((MmdbKind)type)
        {
            case MmdbKind.Double: return MmdbValue.OfReal(MmdbKind.Double, BinaryPrimitives.ReadDoubleBigEndian(bytes));
            case MmdbKind.Float: return MmdbValue.OfReal(MmdbKind.Float, BinaryPrimitives.ReadSingleBigEndian(bytes));
            case MmdbKind.Int32: return MmdbValue.OfReal(MmdbKind.Int32, Unsigned(bytes)); // shorter than four bytes is never negative
            case MmdbKind.Bytes:
                return Spend(size, start) ? MmdbValue.OfBytes(bytes.ToArray()) : null;
        }
        UInt128 value = 0;
        foreach (byte b in bytes) value = (value << 8) | b;
        return MmdbValue.OfUnsigned((MmdbKind)type, value);
    }

    private static int Width(int type) => (MmdbKind)type switch
    {
        MmdbKind.UInt16 => 2,
        MmdbKind.UInt32 or MmdbKind.Int32 or MmdbKind.Float => 4,
        MmdbKind.UInt64 or MmdbKind.Double => 8,
        MmdbKind.UInt128 => 16,
        MmdbKind.Bytes => int.MaxValue,
        _ => 0,
    };

    private MmdbValue? Map(int count, ref int at, int depth)
    {
        // A member takes two bytes at least: a count beyond that is refused before memory is set aside for it.
        if (count > (_section.Length - at) / 2 || count > _valuesLeft)
            return Fail(MmdbFault.TooLarge, at, "a map has more members than its section has room for");
        var members = ImmutableArray.CreateBuilder<KeyValuePair<string, MmdbValue>>(count);
        for (int i = 0; i < count; i++)
        {
            if (Key(ref at) is not { } key || Value(ref at, depth + 1) is not { } value) return null;
            members.Add(new(key, value));
        }
        return MmdbValue.OfMembers(members.MoveToImmutable());
    }

    private MmdbValue? Array(int count, ref int at, int depth)
    {
        if (count > _section.Length - at || count > _valuesLeft)
            return Fail(MmdbFault.TooLarge, at, "an array has more items than its section has room for");
        var items = ImmutableArray.CreateBuilder<MmdbValue>(count);
        for (int i = 0; i < count; i++)
        {
            if (Value(ref at, depth + 1) is not { } item) return null;
            items.Add(item);
        }
        return MmdbValue.OfItems(items.MoveToImmutable());
    }

    private string? Key(ref int at)
    {
        int start = at;
        if (!Control(ref at, out int type, out int size)) return null;
        if (type == (int)MmdbKind.Text) return Text(size, ref at);
        if (type == Pointer)
        {
            if (!Target(ref at, size, out int target) || !Control(ref target, out type, out size)) return null;
            if (type == (int)MmdbKind.Text) return Text(size, ref target);
        }
        Fail(MmdbFault.BadText, start, "a map's key is not a text");
        return null;
    }

    private string? Text(int size, ref int at)
    {
        int start = at;
        if (!Take(ref at, size, out ReadOnlySpan<byte> bytes) || !Spend(size, start)) return null;
        if (Utf8.IsValid(bytes)) return Encoding.UTF8.GetString(bytes);
        Fail(MmdbFault.BadText, start, "a text is not UTF-8");
        return null;
    }

    private bool Spend(int bytes, int at)
    {
        _bytesLeft -= bytes;
        if (_bytesLeft < 0) Fail(MmdbFault.TooLarge, at, "a record unfolds to too many bytes");
        return _bytesLeft >= 0;
    }

    private bool Take(ref int at, int count, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if ((uint)at > (uint)_section.Length || count > _section.Length - at)
        {
            Fail(MmdbFault.Truncated, at, "a value reaches beyond the end of its section");
            return false;
        }
        bytes = _section.Slice(at, count);
        at += count;
        return true;
    }

    /// <summary>Up to four bytes, big-endian.</summary>
    private static int Unsigned(ReadOnlySpan<byte> bytes)
    {
        int value = 0;
        foreach (byte b in bytes) value = (value << 8) | b;
        return value;
    }

    private MmdbValue? Fail(MmdbFault fault, int at, string reason)
    {
        Problem ??= new MmdbProblem(fault, _sectionOffset + at, reason);
        return null;
    }
}
