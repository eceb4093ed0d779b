using System.Buffers.Binary;
using System.Net;

namespace Scheduler.Core.Geo;

/// <summary>
/// An IP address of either family as 128 bits. An IPv4 address is its IPv4-mapped form (<c>::ffff:a.b.c.d</c>, RFC 4291 section 2.5.5.2),
/// so the two spellings of one address are one key.
/// </summary>
/// <param name="High">First eight bytes, network order.</param>
/// <param name="Low">Last eight bytes, network order.</param>
public readonly record struct IpKey(ulong High, ulong Low) : IComparable<IpKey>
{
    private const ulong MappedPrefix = 0xFFFF_0000_0000UL;

    /// <summary>A key from 128 bits.</summary>
    public IpKey(UInt128 value) : this((ulong)(value >> 64), (ulong)value) { }

    /// <summary>True for an IPv4 address, mapped or not.</summary>
    public bool IsV4 => High == 0 && Low >> 32 == 0xFFFF;

    /// <summary>The IPv4 address as a number, first octet highest. Meaningful only when <see cref="IsV4"/>.</summary>
    public uint V4 => (uint)Low;

    /// <summary>All 128 bits; an IPv4 address in its mapped form.</summary>
    public UInt128 Value => new(High, Low);

    /// <summary>Bits of an address of this family: 32 or 128.</summary>
    public int Bits => IsV4 ? 32 : 128;

    /// <summary>The key of an IPv4 address.</summary>
    /// <param name="address">The address as a number, first octet highest.</param>
    public static IpKey FromV4(uint address) => new(0, MappedPrefix | address);

    /// <summary>The key of an address. The scope id of a link-local address is dropped. Allocates nothing.</summary>
    public static IpKey From(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out int written);
        return FromBytes(bytes[..written]);
    }

    /// <summary>The key of an address in network order, as a socket or a DNS message carries it.</summary>
    /// <param name="bytes">4 or 16 bytes.</param>
    /// <exception cref="ArgumentException">Another length.</exception>
    public static IpKey FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        4 => FromV4(BinaryPrimitives.ReadUInt32BigEndian(bytes)),
        16 => new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..])),
        _ => throw new ArgumentException("an address has 4 or 16 bytes", nameof(bytes)),
    };

    /// <summary>
    /// Reads an address from text: dotted quad without leading zeros, or RFC 4291 IPv6 (with <c>::</c> and an embedded quad). No brackets,
    /// port, zone or white space. Allocates nothing.
    /// </summary>
    /// <param name="utf8">The text, at most 45 bytes.</param>
    /// <param name="key">The address.</param>
    /// <returns>False when the text is not an address.</returns>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out IpKey key) => IpText.TryParse(utf8, out key);

    /// <summary>Reads an address from text, as the UTF-8 form does. For set-up and tools.</summary>
    /// <param name="text">The text.</param>
    /// <param name="key">The address.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out IpKey key)
    {
        Span<byte> utf8 = stackalloc byte[IpText.MaxLength];
        key = default;
        if (text.Length > utf8.Length) return false;
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsAscii(text[i])) return false;
            utf8[i] = (byte)text[i];
        }
        return IpText.TryParse(utf8[..text.Length], out key);
    }

    /// <summary>The address for the library's own interfaces; an IPv4 address comes back as one.</summary>
    public IPAddress ToIPAddress()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Low);
        return new IPAddress(IsV4 ? bytes[12..] : bytes);
    }

    /// <inheritdoc/>
    public int CompareTo(IpKey other) => High != other.High ? High.CompareTo(other.High) : Low.CompareTo(other.Low);

    /// <summary>The usual text form (RFC 5952).</summary>
    public override string ToString() => ToIPAddress().ToString();
}
