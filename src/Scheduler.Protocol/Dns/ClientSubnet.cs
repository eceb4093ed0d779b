using Scheduler.Core.Geo;

namespace Scheduler.Protocol.Dns;

/// <summary>The network of a resolver's client, as the resolver tells it (RFC 7871 section 6).</summary>
public readonly record struct ClientSubnet
{
    private const int Fixed = 4;

    /// <summary>Address family: 1 for IPv4, 2 for IPv6; 0 only together with <see cref="SourceLength"/> 0.</summary>
    public ushort Family { get; private init; }

    /// <summary>Bits of the address that are told.</summary>
    public byte SourceLength { get; private init; }

    /// <summary>The address, bits that are not told as zero; meaningless when none are.</summary>
    public IpKey Address { get; private init; }

    /// <summary>Bytes of the address on the wire.</summary>
    public int AddressLength => (SourceLength + 7) / 8;

    /// <summary>Bytes of the option's value.</summary>
    internal int Length => Fixed + AddressLength;

    /// <summary>Reads the value of the option of a query.</summary>
    /// <returns>
    /// False for what must be answered with FORMERR (sections 6 and 7.1.2): too short, another family, more bits than the family has, another number of bytes than the bits need, bits
    /// beyond them, or a scope. Family 0 without an address is what tools send that ask for privacy, and is taken.
    /// </returns>
    internal static bool TryRead(ReadOnlySpan<byte> value, out ClientSubnet subnet)
    {
        subnet = default;
        if (value.Length < Fixed) return false;
        int family = value[0] << 8 | value[1], source = value[2], scope = value[3];
        ReadOnlySpan<byte> told = value[Fixed..];
        int most = family switch { 0 => 0, 1 => 32, 2 => 128, _ => -1 };
        if (source > most || scope != 0 || told.Length != (source + 7) / 8) return false;
        if ((source & 7) != 0 && (told[^1] & (0xFF >> (source & 7))) != 0) return false;
        Span<byte> address = stackalloc byte[16];
        address.Clear();
        told.CopyTo(address);
        subnet = new ClientSubnet { Family = (ushort)family, SourceLength = (byte)source, Address = IpKey.FromBytes(family == 2 ? address : address[..4]) };
        return true;
    }

    /// <summary>Writes the value as it is answered: family, source and address as they came (section 7.2.1), and the scope.</summary>
    internal void Write(Span<byte> value, ReadOnlySpan<byte> received, byte scope)
    {
        received[..Length].CopyTo(value);
        value[3] = scope;
    }
}
