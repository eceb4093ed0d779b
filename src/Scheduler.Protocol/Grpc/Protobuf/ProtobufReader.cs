using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Scheduler.Protocol.Grpc.Protobuf;

/// <summary>
/// Walks the fields of a message in place. A message that is broken ends the walk: <see cref="IsBroken"/>. Allocates nothing.
/// </summary>
/// <remarks>
/// <code>
/// while (reader.Next())
///     switch (reader.Field)
///     {
///         case 1 when reader.Is(WireType.Bytes): text = reader.Bytes(); break;
///         default: reader.Skip(); break;   // also a known field in a form that is not its own: it counts as unknown
///     }
/// </code>
/// </remarks>
/// <param name="message">The message.</param>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    private const int MaxDepth = 64;

    private ReadOnlySpan<byte> _rest = message;
    private WireType _type;

    /// <summary>Number of the present field.</summary>
    public int Field { get; private set; }

    /// <summary>True once something could not be read.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Goes to the next field; the value of the one before has been read or skipped.</summary>
    /// <returns>False at the end, and at what cannot be read.</returns>
    public bool Next()
    {
        if (IsBroken || _rest.IsEmpty) return false;
        ulong tag = Varint();
        _type = (WireType)(tag & 7);
        Field = (int)(tag >> 3);
        if (tag > uint.MaxValue || Field == 0 || _type is WireType.GroupEnds or > WireType.Fixed32) IsBroken = true;
        return !IsBroken;
    }

    /// <summary>True when the present field's value has a form.</summary>
    public readonly bool Is(WireType type) => _type == type;

    /// <summary>Reads a varint.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Varint()
    {
        if (!_rest.IsEmpty && _rest[0] < 0x80)
        {
            ulong small = _rest[0];
            _rest = _rest[1..];
            return small;
        }
        return LongVarint();
    }

    /// <summary>Reads a signed integer of 64 bits.</summary>
    public long Int64() => unchecked((long)Varint());

    /// <summary>Reads an enum or an integer of 32 bits: of more bits the lower half counts.</summary>
    public int Int32() => unchecked((int)Varint());

    /// <summary>Reads a double.</summary>
    public double Double()
    {
        ReadOnlySpan<byte> bytes = Take(sizeof(double));
        return IsBroken ? 0 : BinaryPrimitives.ReadDoubleLittleEndian(bytes);
    }

    /// <summary>Reads a text, the bytes of a message, or bytes.</summary>
    public ReadOnlySpan<byte> Bytes()
    {
        ulong length = Varint();
        return length > int.MaxValue ? Nothing() : Take((int)length);
    }

    /// <summary>Reads a text, which must be UTF-8.</summary>
    public ReadOnlySpan<byte> Text()
    {
        ReadOnlySpan<byte> text = Bytes();
        return System.Text.Unicode.Utf8.IsValid(text) ? text : Nothing();
    }

    /// <summary>Passes over the present field's value.</summary>
    public void Skip() => Skip(0);

    /// <summary>Ends the walk: a message within this one is broken.</summary>
    public void Break()
    {
        IsBroken = true;
        _rest = default;
    }

    private void Skip(int depth)
    {
        switch (_type)
        {
            case WireType.Varint:
                Varint();
                break;
            case WireType.Fixed64:
                Take(sizeof(long));
                break;
            case WireType.Bytes:
                Bytes();
                break;
            case WireType.Fixed32:
                Take(sizeof(int));
                break;
            default:
                SkipGroup(depth);
                break;
        }
    }

    private void SkipGroup(int depth)
    {
        int group = Field;
        while (!IsBroken)
        {
            if (depth == MaxDepth || _rest.IsEmpty)
            {
                Break();
                return;
            }
            ulong tag = Varint();
            (_type, Field) = ((WireType)(tag & 7), (int)(tag >> 3));
            if (tag > uint.MaxValue || Field == 0 || _type > WireType.Fixed32) Break();
            else if (_type != WireType.GroupEnds) Skip(depth + 1);
            else
            {
                if (Field != group) Break();
                return;
            }
        }
    }

    private ulong LongVarint()
    {
        ulong value = 0;
        for (int i = 0; i < _rest.Length && i < 10; i++)
        {
            byte b = _rest[i];
            value |= (ulong)(b & 0x7F) << (7 * i);
            if (b >= 0x80) continue;
            _rest = _rest[(i + 1)..];
            return value;
        }
        Break();
        return 0;
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > _rest.Length) return Nothing();
        ReadOnlySpan<byte> taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }

    private ReadOnlySpan<byte> Nothing()
    {
        Break();
        return default;
    }
}
