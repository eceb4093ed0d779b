using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Scheduler.Core.Geo;

/// <summary>One decoded value of a MaxMind DB file.</summary>
public sealed class MmdbValue
{
    private readonly object? _content; // string, byte[], members or items, by kind
    private readonly UInt128 _number;
    private readonly double _real;

    private MmdbValue(MmdbKind kind, object? content = null, UInt128 number = default, double real = 0) =>
        (Kind, _content, _number, _real) = (kind, content, number, real);

    /// <summary>Type of the value.</summary>
    public MmdbKind Kind { get; }

    /// <summary>Items of an array, in order; empty for any other kind.</summary>
    public ImmutableArray<MmdbValue> Items => Kind == MmdbKind.Array ? (ImmutableArray<MmdbValue>)_content! : [];

    /// <summary>Members of a map, in the file's order; empty for any other kind.</summary>
    public ImmutableArray<KeyValuePair<string, MmdbValue>> Members =>
        Kind == MmdbKind.Map ? (ImmutableArray<KeyValuePair<string, MmdbValue>>)_content! : [];

    /// <summary>Content of a bytes value; empty for any other kind.</summary>
    public ReadOnlyMemory<byte> Bytes => Kind == MmdbKind.Bytes ? (byte[])_content! : ReadOnlyMemory<byte>.Empty;

    /// <summary>The first member of a map with a key.</summary>
    /// <param name="key">Key, compared by ordinal.</param>
    /// <param name="value">The member.</param>
    /// <returns>False when this is no map or has no such member.</returns>
    public bool TryGet(string key, [NotNullWhen(true)] out MmdbValue? value)
    {
        foreach (KeyValuePair<string, MmdbValue> member in Members)
        {
            if (member.Key != key) continue;
            value = member.Value;
            return true;
        }
        value = null;
        return false;
    }

    /// <summary>The content of a text.</summary>
    /// <returns>False for any other kind.</returns>
    public bool TryGetText([NotNullWhen(true)] out string? text)
    {
        text = Kind == MmdbKind.Text ? (string)_content! : null;
        return text is not null;
    }

    /// <summary>The value of an unsigned integer of any width.</summary>
    /// <returns>False for any other kind.</returns>
    public bool TryGetUnsigned(out UInt128 value)
    {
        value = _number;
        return Kind is MmdbKind.UInt16 or MmdbKind.UInt32 or MmdbKind.UInt64 or MmdbKind.UInt128;
    }

    /// <summary>
    /// The value of a number of any kind, rounded to 64-bit floating point; may be infinite or not a number if the file says so.
    /// </summary>
    /// <returns>False for anything that is not a number.</returns>
    public bool TryGetNumber(out double value)
    {
        bool unsigned = TryGetUnsigned(out UInt128 integer);
        value = unsigned ? (double)integer : _real;
        return unsigned || Kind is MmdbKind.Int32 or MmdbKind.Double or MmdbKind.Float;
    }

    /// <summary>The value of a boolean.</summary>
    /// <returns>False for any other kind.</returns>
    public bool TryGetBoolean(out bool value)
    {
        value = Kind == MmdbKind.Boolean && _number != 0;
        return Kind == MmdbKind.Boolean;
    }

    internal static MmdbValue OfText(string text) => new(MmdbKind.Text, text);

    internal static MmdbValue OfBytes(byte[] bytes) => new(MmdbKind.Bytes, bytes);

    internal static MmdbValue OfUnsigned(MmdbKind kind, UInt128 value) => new(kind, number: value);

    internal static MmdbValue OfReal(MmdbKind kind, double value) => new(kind, real: value);

    internal static MmdbValue OfBoolean(bool value) => new(MmdbKind.Boolean, number: value ? 1u : 0u);

    internal static MmdbValue OfItems(ImmutableArray<MmdbValue> items) => new(MmdbKind.Array, items);

    internal static MmdbValue OfMembers(ImmutableArray<KeyValuePair<string, MmdbValue>> members) => new(MmdbKind.Map, members);
}
