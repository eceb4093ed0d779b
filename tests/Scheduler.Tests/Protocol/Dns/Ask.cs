using System.Buffers.Binary;
using System.Text;
using Scheduler.Core.Zones;

namespace Scheduler.Tests.Protocol.Dns;

/// <summary>Makes questions, by hand and apart from the code that is tested.</summary>
internal static class Ask
{
    public const ushort Subnet = 8;
    public const ushort Cookie = 10;

    /// <summary>A question of one name without EDNS.</summary>
    public static byte[] For(string name, RecordType type, ushort id = 0x1234, ushort flags = 0x0100, ushort qclass = 1) =>
        [.. Header(id, flags, 1, 0), .. Name(name), .. Number((ushort)type), .. Number(qclass)];

    /// <summary>A question with an OPT record of some options.</summary>
    public static byte[] WithEdns(string name, RecordType type, ushort udp = 1232, byte version = 0, bool dnssecOk = false, params (ushort Code, byte[] Value)[] options) =>
        [.. Header(0x1234, 0x0100, 1, 1), .. Name(name), .. Number((ushort)type), .. Number(1), .. Opt(udp, version, dnssecOk, options)];

    public static byte[] Opt(ushort udp, byte version, bool dnssecOk, params (ushort Code, byte[] Value)[] options)
    {
        byte[] data = [.. options.SelectMany(option => (byte[])[.. Number(option.Code), .. Number((ushort)option.Value.Length), .. option.Value])];
        return [0, 0, 41, .. Number(udp), 0, version, (byte)(dnssecOk ? 0x80 : 0), 0, .. Number((ushort)data.Length), .. data];
    }

    public static byte[] SubnetOf(string network, int source, byte scope = 0)
    {
        System.Net.IPAddress address = System.Net.IPAddress.Parse(network);
        byte family = (byte)(address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? 1 : 2);
        return [0, family, (byte)source, scope, .. address.GetAddressBytes()[..((source + 7) / 8)]];
    }

    public static byte[] Header(ushort id, ushort flags, ushort questions, ushort additional) =>
        [.. Number(id), .. Number(flags), .. Number(questions), 0, 0, 0, 0, .. Number(additional)];

    public static byte[] Name(string name) =>
        [.. name.Split('.', StringSplitOptions.RemoveEmptyEntries).SelectMany(label => (byte[])[(byte)label.Length, .. Encoding.ASCII.GetBytes(label)]), 0];

    public static byte[] Number(ushort value)
    {
        byte[] bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        return bytes;
    }
}
