using Scheduler.Core.Geo;

namespace Scheduler.Core.Dispatch;

/// <summary>The number that stands for a viewer where a decision would otherwise be left to chance.</summary>
public static class ViewerHash
{
    /// <summary>The network an address is of: the first 24 bits of IPv4, the first 48 of IPv6, mixed. Its viewers share it.</summary>
    /// <param name="address">The address.</param>
    public static ulong OfNetwork(IpKey address) => Mix(address.IsV4 ? address.V4 >> 8 : address.High >> 16 | 1UL << 63);

    /// <summary>The number of a viewer on a stream.</summary>
    /// <param name="viewer">What tells him from others: his network before he has a session, his session after.</param>
    /// <param name="stream">Hash of the stream's name.</param>
    public static uint Of(ulong viewer, ulong stream) => (uint)(Mix(viewer ^ stream) >> 32);

    /// <summary>The last step of SplitMix64: every bit of the result depends on every bit given.</summary>
    internal static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
