using System.Buffers;
using System.Buffers.Binary;

namespace Scheduler.Protocol.Grpc;

/// <summary>The frame of a message: a flag of one byte, 1 for compressed, the length in four, big-endian, and so many bytes. The frames of HTTP/2 have nothing to do with it.</summary>
public static class MessageFrame
{
    /// <summary>Bytes before the message.</summary>
    public const int HeaderLength = 5;

    /// <summary>Longest message that is read unless told otherwise, bytes, before and after it is unpacked: 4 MiB, as elsewhere.</summary>
    public const int DefaultMaxLength = 4 * 1024 * 1024;

    /// <summary>Takes a message from the beginning of a buffer.</summary>
    /// <param name="buffer">What has come; moved past the message when it is whole.</param>
    /// <param name="maxLength">Longest message, bytes as they come.</param>
    /// <param name="isCompressed">True when it is to be unpacked.</param>
    /// <param name="message">Its bytes, when it is whole.</param>
    public static FrameRead TryTake(ref ReadOnlySequence<byte> buffer, int maxLength, out bool isCompressed, out ReadOnlySequence<byte> message)
    {
        isCompressed = false;
        message = default;
        if (buffer.IsEmpty) return FrameRead.Partial;
        Span<byte> header = stackalloc byte[HeaderLength];
        int known = (int)Math.Min(HeaderLength, buffer.Length);
        buffer.Slice(0, known).CopyTo(header);
        if (header[0] > 1) return FrameRead.BadFlag;
        if (known < HeaderLength) return FrameRead.Partial;
        uint length = BinaryPrimitives.ReadUInt32BigEndian(header[1..]);
        if (length > (uint)maxLength) return FrameRead.TooLong;
        if (buffer.Length < HeaderLength + (long)length) return FrameRead.Partial;
        isCompressed = header[0] == 1;
        message = buffer.Slice(HeaderLength, length);
        buffer = buffer.Slice(HeaderLength + (long)length);
        return FrameRead.Whole;
    }

    /// <summary>Writes the header of a message.</summary>
    /// <param name="destination">Where to; at least <see cref="HeaderLength"/> bytes.</param>
    /// <param name="length">Bytes of the message.</param>
    /// <param name="isCompressed">True when it is packed.</param>
    public static void WriteHeader(Span<byte> destination, int length, bool isCompressed = false)
    {
        destination[0] = isCompressed ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt32BigEndian(destination[1..], (uint)length);
    }
}
