using System.Buffers.Binary;
using Scheduler.Core.Geo;

namespace Scheduler.Server.Dns;

/// <summary>Reads the address of a datagram as sockets of Linux and of the managed library keep it: family, port, address.</summary>
internal static class DatagramAddress
{
    /// <summary>Longest form, bytes.</summary>
    public const int MaxLength = 28;

    private const int V4Length = 16;
    private const int V4Offset = 4;
    private const int V6Offset = 8;

    /// <summary>The address, without its port.</summary>
    /// <param name="bytes">As the system wrote it: 16 bytes for IPv4, 28 for IPv6.</param>
    public static IpKey Read(ReadOnlySpan<byte> bytes) =>
        bytes.Length <= V4Length ? IpKey.FromBytes(bytes.Slice(V4Offset, 4)) : IpKey.FromBytes(bytes.Slice(V6Offset, 16));

    /// <summary>The asker's port: one under which no resolver asks, but services answer, is never answered, or two of them would talk for ever.</summary>
    public static bool IsAnswerable(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]) != 0;
}
