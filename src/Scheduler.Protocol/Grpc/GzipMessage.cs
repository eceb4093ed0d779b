using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace Scheduler.Protocol.Grpc;

/// <summary>Messages by gzip. Each is packed for itself: no state outlives a message.</summary>
public static class GzipMessage
{
    private const int Step = 4 * 1024;
    private const int ShortestMember = 18; // header and trailer of RFC 1952

    /// <summary>The empty message packed: the framework's packer writes nothing for nothing.</summary>
    private static readonly byte[] Empty = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>Unpacks a message.</summary>
    /// <param name="packed">Its bytes as they came.</param>
    /// <param name="maxLength">Longest message, bytes: what would become longer is not unpacked further.</param>
    /// <param name="output">Takes the message; what it took of one that cannot be used is to be thrown away.</param>
    /// <returns>OK; else the status that the call ends with.</returns>
    public static GrpcStatus Unpack(ReadOnlySequence<byte> packed, int maxLength, IBufferWriter<byte> output)
    {
        if (packed.Length < ShortestMember) return Corrupt();
        try
        {
            byte[] bytes = packed.ToArray(); // it is no longer than a message may be
            using var source = new MemoryStream(bytes);
            using var gzip = new GZipStream(source, CompressionMode.Decompress);
            int written = 0;
            while (true)
            {
                Span<byte> room = output.GetSpan(Step);
                int read = gzip.Read(room[..Math.Min(room.Length, maxLength + 1 - written)]);
                // The unpacker takes an end that comes too early for the end; the trailer tells how long the message was.
                if (read == 0) return BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(^sizeof(uint)..)) == (uint)written ? new GrpcStatus(GrpcStatusCode.Ok) : Corrupt();
                if ((written += read) > maxLength) return MessageReader.TooLong(maxLength);
                output.Advance(read);
            }
        }
        catch (InvalidDataException)
        {
            return Corrupt();
        }
    }

    /// <summary>Packs a message.</summary>
    /// <param name="message">The message.</param>
    /// <returns>It, by gzip.</returns>
    public static ReadOnlyMemory<byte> Pack(ReadOnlySpan<byte> message)
    {
        if (message.IsEmpty) return Empty;
        using var packed = new MemoryStream((message.Length / 2) + 64);
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(message);
        return packed.GetBuffer().AsMemory(0, (int)packed.Length);
    }

    private static GrpcStatus Corrupt() => new(GrpcStatusCode.Internal, "a compressed message cannot be unpacked");
}
