using System.Collections.Immutable;

namespace Scheduler.Core.Geo;

/// <summary>
/// Addresses that belong to no place: private, loopback, link-local, shared, documentation and multicast (RFC 6890 and its registry), and
/// all of IPv6 that is not under 2000::/3. A map has no cell for them, whatever its database says.
/// </summary>
public static class SpecialBlocks
{
    /// <summary>IPv4 blocks, ascending, apart.</summary>
    public static ImmutableArray<IpPrefix> V4 { get; } = Parse(
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
        "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3");

    /// <summary>IPv6 blocks, ascending, apart.</summary>
    public static ImmutableArray<IpPrefix> V6 { get; } = Parse("::/3", "2001:db8::/32", "3fff::/20", "4000::/2", "8000::/1");

    /// <summary>The block that an address is in; allocates nothing.</summary>
    /// <param name="address">The address.</param>
    /// <param name="block">The block.</param>
    /// <returns>False for an address that may have a place.</returns>
    public static bool TryFind(IpKey address, out IpPrefix block)
    {
        foreach (IpPrefix special in (address.IsV4 ? V4 : V6).AsSpan())
        {
            if (!special.Contains(address)) continue;
            block = special;
            return true;
        }
        block = default;
        return false;
    }

    private static ImmutableArray<IpPrefix> Parse(params ReadOnlySpan<string> blocks)
    {
        var prefixes = ImmutableArray.CreateBuilder<IpPrefix>(blocks.Length);
        foreach (string block in blocks)
        {
            if (!IpPrefix.TryParse(System.Text.Encoding.ASCII.GetBytes(block), out IpPrefix prefix)) throw new FormatException(block);
            prefixes.Add(prefix);
        }
        return prefixes.MoveToImmutable();
    }
}
