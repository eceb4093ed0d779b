using System.Buffers;
using System.IO.Pipelines;

namespace Scheduler.Protocol.Grpc;

/// <summary>
/// Reads the messages of one direction of a call, one after the other, out of the bytes that come. Holds at most one message, and no memory of its own while it waits for
/// the next. Not for several callers at once.
/// </summary>
/// <param name="source">The bytes.</param>
/// <param name="encoding">What the sender named as <c>grpc-encoding</c>; null when it named none.</param>
/// <param name="maxLength">Longest message, bytes, packed and unpacked.</param>
public sealed class MessageReader(PipeReader source, string? encoding, int maxLength = MessageFrame.DefaultMaxLength) : IDisposable
{
    private byte[]? _room;

    /// <summary>The status for a message that is too long.</summary>
    public static GrpcStatus TooLong(int maxLength) => new(GrpcStatusCode.ResourceExhausted, $"a message may have at most {maxLength} bytes");

    /// <summary>The status for a flag that is none.</summary>
    public static GrpcStatus BadFlag() => new(GrpcStatusCode.Internal, "the flag of a message must be 0 or 1");

    /// <summary>The status for a sender that ended within a message.</summary>
    public static GrpcStatus CutShort() => new(GrpcStatusCode.Internal, "the last message is not whole");

    /// <summary>What is wrong with a compressed message's encoding; null when it is gzip.</summary>
    /// <param name="encoding">What the sender named; null when it named none.</param>
    public static GrpcStatus? FaultOf(string? encoding) => encoding switch
    {
        null or GrpcNames.Identity => new GrpcStatus(GrpcStatusCode.Internal, "a message is compressed, but grpc-encoding names no compression"),
        GrpcNames.Gzip => null,
        _ => new GrpcStatus(GrpcStatusCode.Unimplemented, $"grpc-encoding must be {GrpcNames.AcceptedEncodings.Replace(",", " or ", StringComparison.Ordinal)}"),
    };

    /// <summary>Reads the next message.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The message, the end, or the status that the call ends with.</returns>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public async ValueTask<MessageRead> ReadAsync(CancellationToken cancellation)
    {
        Return();
        while (true)
        {
            ReadResult read = await source.ReadAsync(cancellation).ConfigureAwait(false);
            if (read.IsCanceled) throw new OperationCanceledException(cancellation);
            ReadOnlySequence<byte> rest = read.Buffer;
            FrameRead found = MessageFrame.TryTake(ref rest, maxLength, out bool isCompressed, out ReadOnlySequence<byte> message);
            if (found == FrameRead.Partial)
            {
                bool isOver = read.IsCompleted, isCut = !read.Buffer.IsEmpty;
                source.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                if (isOver) return isCut ? MessageRead.Ended(CutShort()) : MessageRead.Ended(new GrpcStatus(GrpcStatusCode.Ok));
                continue;
            }
            MessageRead result = found == FrameRead.Whole ? Take(message, isCompressed) : MessageRead.Ended(found == FrameRead.BadFlag ? BadFlag() : TooLong(maxLength));
            source.AdvanceTo(rest.Start);
            return result;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Return();

    private MessageRead Take(ReadOnlySequence<byte> message, bool isCompressed)
    {
        if (!isCompressed)
        {
            _room = ArrayPool<byte>.Shared.Rent((int)message.Length);
            message.CopyTo(_room);
            return MessageRead.Whole(_room.AsMemory(0, (int)message.Length));
        }
        if (FaultOf(encoding) is { } fault) return MessageRead.Ended(fault);
        var unpacked = new ArrayBufferWriter<byte>();
        GrpcStatus status = GzipMessage.Unpack(message, maxLength, unpacked);
        return status.IsOk ? MessageRead.Whole(unpacked.WrittenMemory) : MessageRead.Ended(status);
    }

    private void Return()
    {
        if (_room is not null) ArrayPool<byte>.Shared.Return(_room);
        _room = null;
    }
}
