using System.Buffers.Binary;

namespace Scheduler.Protocol.Peers;

/// <summary>The head of a frame on the peer channel.</summary>
/// <remarks>
/// A frame is, in big-endian order: length of the payload (4 bytes), type (1), sequence (8), the sender's clock in ms (8), payload, and the first
/// <see cref="MacLength"/> bytes of HMAC-SHA256 over all before it. The sequence rises by one from frame to frame and direction, from 0, so that a frame can be neither
/// repeated nor left out.
/// </remarks>
/// <param name="PayloadLength">Bytes of payload, at most <see cref="MaxPayload"/>.</param>
/// <param name="Type">What the payload holds; any value.</param>
/// <param name="Sequence">Number of the frame.</param>
/// <param name="SentAtMs">When it was sent, by the sender's own monotonic clock, ms: differences alone mean anything.</param>
public readonly record struct FrameHeader(int PayloadLength, FrameType Type, long Sequence, long SentAtMs)
{
    /// <summary>Bytes of a header.</summary>
    public const int Length = 21;

    /// <summary>Bytes of the code that ends a frame: 128 bits, which nobody guesses.</summary>
    public const int MacLength = 16;

    /// <summary>Longest payload, bytes: what a receiver must be ready to hold.</summary>
    public const int MaxPayload = 256 * 1024;

    /// <summary>Bytes of the whole frame.</summary>
    public int FrameLength => Length + PayloadLength + MacLength;

    /// <summary>Writes it to the first <see cref="Length"/> bytes.</summary>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteInt32BigEndian(bytes, PayloadLength);
        bytes[4] = (byte)Type;
        BinaryPrimitives.WriteInt64BigEndian(bytes[5..], Sequence);
        BinaryPrimitives.WriteInt64BigEndian(bytes[13..], SentAtMs);
    }

    /// <summary>Reads it from the first <see cref="Length"/> bytes.</summary>
    /// <returns>False when the length is none that a frame may have.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out FrameHeader header)
    {
        header = new FrameHeader(
            BinaryPrimitives.ReadInt32BigEndian(bytes), (FrameType)bytes[4], BinaryPrimitives.ReadInt64BigEndian(bytes[5..]), BinaryPrimitives.ReadInt64BigEndian(bytes[13..]));
        return header.PayloadLength is >= 0 and <= MaxPayload;
    }
}
