using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;

namespace Scheduler.Protocol.Grpc;

/// <summary>Messages by gzip. Each is packed for itself: no state outlives a message.</summary>
public static class GzipMessage
{
    private const int Step = 4 * 1024;

    /// <summary>Unpacks a message.</summary>
    /// <param name="packed">Its bytes as they came.</param>
    /// <param name="maxLength">Longest message, bytes: what would become longer is not unpacked further.</param>
    /// <param name="output">Takes the message; what it took of one that cannot be used is to be thrown away.</param>
    /// <returns>OK; else the status that the call ends with.</returns>
    public static GrpcStatus Unpack(ReadOnlySequence<byte> packed, int maxLength, IBufferWriter<byte> output)
    {
        try
        {
            using Stream source = PipeReader.Create(packed).AsStream();
            using var gzip = new GZipStream(source, CompressionMode.Decompress);
            int written = 0;
            while (true)
            {
                Span<byte> room = output.GetSpan(Step);
                int read = gzip.Read(room[..Math.Min(room.Length, maxLength + 1 - written)]);
                if (read == 0) return packed.IsEmpty ? Corrupt() : new GrpcStatus(GrpcStatusCode.Ok);
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
        using var packed = new MemoryStream((message.Length / 2) + 64);
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(message);
        return packed.GetBuffer().AsMemory(0, (int)packed.Length);
    }

    private static GrpcStatus Corrupt() => new(GrpcStatusCode.Internal, "a compressed message cannot be unpacked");
}
