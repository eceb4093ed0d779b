using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Scheduler.Server.Dns;

/// <summary>
/// The address that a datagram was sent to, as Linux tells it beside the datagram (<c>IP_PKTINFO</c>, <c>IPV6_PKTINFO</c>); told back with the answer it is the address that the answer comes from.
/// </summary>
internal static class PacketInfo
{
    private const int Data = 16; // behind length, level and type
    private const int V6Interface = Data + 16;

    /// <summary>Makes what came with a question fit for its answer: routes decide by which interface it goes, but for addresses that mean something on one only.</summary>
    /// <param name="control">The control message.</param>
    public static void Reply(Span<byte> control)
    {
        if (control.Length < Data + 12) return;
        if (MemoryMarshal.Read<int>(control[8..]) == NativeSockets.IpLevel) control.Slice(Data, sizeof(int)).Clear();
        else if (control.Length >= V6Interface + sizeof(int) && (BinaryPrimitives.ReadUInt16BigEndian(control[Data..]) & 0xFFC0) != 0xFE80) control.Slice(V6Interface, sizeof(int)).Clear();
    }
}
