using System.Buffers.Text;
using System.Globalization;

namespace Scheduler.Core.Geo;

/// <summary>A block of addresses of one family, as CIDR writes it. The host bits are always zero.</summary>
public readonly record struct IpPrefix
{
    private const int MappedBits = 96;

    private IpPrefix(IpKey network, int length) => (Network, Length) = (network, (byte)length);

    /// <summary>First address of the block.</summary>
    public IpKey Network { get; }

    /// <summary>Leading bits that every address of the block shares: 0 to 32 for IPv4, 0 to 128 for IPv6.</summary>
    public byte Length { get; }

    /// <summary>True for a block of IPv4 addresses.</summary>
    public bool IsV4 => Network.IsV4 && (FullLength >= MappedBits);

    /// <summary>Last address of the block.</summary>
    public IpKey Last => new(Network.Value | ~Mask(FullLength));

    // The default value is ::/0, whose network is not in the mapped block: Length alone tells nothing about the family.
    private int FullLength => Network.IsV4 ? Length + MappedBits : Length;

    /// <summary>The block of a given length that contains an address.</summary>
    /// <param name="address">Any address of the block.</param>
    /// <param name="length">Bits, in [0, 32] for an IPv4 address and [0, 128] for IPv6.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is out of range.</exception>
    public static IpPrefix Around(IpKey address, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, address.Bits);
        int full = address.IsV4 ? length + MappedBits : length;
        return new IpPrefix(new IpKey(address.Value & Mask(full)), length);
    }

    /// <summary>True when the address is of this family and lies in the block.</summary>
    public bool Contains(IpKey address) =>
        address.IsV4 == IsV4 && (address.Value & Mask(FullLength)) == Network.Value;

    /// <summary>
    /// Reads <c>address/length</c>, or an address alone as a block of one. Host bits that are set are cleared, as routers do.
    /// <c>::ffff:10.0.0.0/104</c> is <c>10.0.0.0/8</c>.
    /// </summary>
    /// <param name="utf8">The text, without white space.</param>
    /// <param name="prefix">The block.</param>
    /// <returns>False when the text is not a block.</returns>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out IpPrefix prefix)
    {
        prefix = default;
        int slash = utf8.IndexOf((byte)'/');
        if (!IpKey.TryParse(slash < 0 ? utf8 : utf8[..slash], out IpKey address)) return false;
        if (slash < 0)
        {
            prefix = Around(address, address.Bits);
            return true;
        }
        ReadOnlySpan<byte> digits = utf8[(slash + 1)..];
        if (digits.Length is 0 or > 3 || !char.IsAsciiDigit((char)digits[0])) return false;
        if (!Utf8Parser.TryParse(digits, out int length, out int consumed) || consumed != digits.Length) return false;

        bool spelledV6 = utf8[..slash].Contains((byte)':');
        int full = address.IsV4 && !spelledV6 ? length + MappedBits : length;
        if (full > 128 || (!spelledV6 && length > 32)) return false;
        IpKey network = new(address.Value & Mask(full));
        // A mapped address with a length under 96 is a block of IPv6 that has the mapped block inside.
        prefix = new IpPrefix(network, network.IsV4 && full >= MappedBits ? full - MappedBits : full);
        return true;
    }

    /// <summary>The block as <c>address/length</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Network}/{Length}");

    private static UInt128 Mask(int bits) => bits == 0 ? UInt128.Zero : UInt128.MaxValue << (128 - bits);
}
