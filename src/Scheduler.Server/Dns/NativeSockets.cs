using System.Runtime.InteropServices;

namespace Scheduler.Server.Dns;

/// <summary>The calls of Linux that take many datagrams at once, which the managed library does not have. 64-bit Linux alone.</summary>
internal static unsafe partial class NativeSockets
{
    /// <summary>To wait for one datagram and then take what else is there.</summary>
    public const int WaitForOne = 0x10000;

    public const int SocketLevel = 1;
    public const int ReusePort = 15;
    public const int ReceiveTimeout = 20;
    public const int IpLevel = 0;
    public const int IpPacketInfo = 8;
    public const int Ipv6Level = 41;
    public const int Ipv6ReceivePacketInfo = 49;

    /// <summary>True where the calls are there.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux() && sizeof(nint) == 8;

    [LibraryImport("libc", EntryPoint = "recvmmsg", SetLastError = true)]
    public static partial int Receive(int socket, Message* messages, uint count, int flags, nint timeout);

    [LibraryImport("libc", EntryPoint = "sendmmsg", SetLastError = true)]
    public static partial int Send(int socket, Message* messages, uint count, int flags);

    /// <summary><c>struct iovec</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Vector
    {
        public byte* Base;
        public nuint Length;
    }

    /// <summary><c>struct mmsghdr</c>.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 64)]
    public struct Message
    {
        [FieldOffset(0)]
        public byte* Name;

        [FieldOffset(8)]
        public uint NameLength;

        [FieldOffset(16)]
        public Vector* Vectors;

        [FieldOffset(24)]
        public nuint VectorCount;

        [FieldOffset(32)]
        public byte* Control;

        [FieldOffset(40)]
        public nuint ControlLength;

        [FieldOffset(48)]
        public int Flags;

        [FieldOffset(56)]
        public uint Length;
    }
}
