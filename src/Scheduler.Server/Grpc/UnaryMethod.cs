using System.Buffers;
using System.IO.Pipelines;
using Microsoft.Extensions.Primitives;
using Scheduler.Protocol.Grpc;

namespace Scheduler.Server.Grpc;

/// <summary>
/// A method that takes one message and answers one. When all of the message is there, as it is for any small one, it is answered at once: no state machine, no
/// allocation. A deadline bounds the wait for what is not.
/// </summary>
/// <param name="handler">Answers.</param>
/// <param name="time">Clock of deadlines.</param>
internal sealed class UnaryMethod(MessageHandler handler, TimeProvider time)
{
    private const int MaxLength = MessageFrame.DefaultMaxLength;

    /// <summary>Handles one call.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        if (!Deadline.TryRead(context, out TimeSpan? deadline)) return Task.CompletedTask;
        PipeReader reader = context.Request.BodyReader;
        ValueTask<ReadResult> reading = reader.ReadAsync();
        if (!reading.IsCompletedSuccessfully) return ReadOnAsync(context, reader, reading, deadline);
        ReadResult read = reading.Result;
        if (!read.IsCompleted)
        {
            // Nothing was consumed, and nothing examined beyond what is there: the next read waits for more.
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            return ReadOnAsync(context, reader, reader.ReadAsync(), deadline);
        }
        Task answering = Answer(context, read.Buffer);
        reader.AdvanceTo(read.Buffer.End);
        return answering;
    }

    private async Task ReadOnAsync(HttpContext context, PipeReader reader, ValueTask<ReadResult> reading, TimeSpan? deadline)
    {
        using ITimer? timer = deadline is { } limit ? time.CreateTimer(static state => ((PipeReader)state!).CancelPendingRead(), reader, limit, Timeout.InfiniteTimeSpan) : null;
        while (true)
        {
            ReadResult read;
            try
            {
                read = await reading;
            }
            catch (Exception fault) when (fault is IOException and not BadHttpRequestException or OperationCanceledException)
            {
                return; // the caller took it back, or is gone
            }
            if (read.IsCanceled)
            {
                reader.AdvanceTo(read.Buffer.End);
                GrpcReply.Status(context, Deadline.Exceeded);
                return;
            }
            if (read.IsCompleted || IsHopeless(read.Buffer))
            {
                Task answering = Answer(context, read.Buffer);
                reader.AdvanceTo(read.Buffer.End);
                await answering;
                return;
            }
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            reading = reader.ReadAsync();
        }
    }

    /// <summary>True when what has come can no longer become one good message: its end need not be waited for.</summary>
    private static bool IsHopeless(ReadOnlySequence<byte> buffer) => MessageFrame.TryTake(ref buffer, MaxLength, out _, out _) switch
    {
        FrameRead.Whole => !buffer.IsEmpty,
        FrameRead.Partial => false,
        _ => true,
    };

    private Task Answer(HttpContext context, ReadOnlySequence<byte> body)
    {
        ReadOnlySequence<byte> rest = body;
        FrameRead found = MessageFrame.TryTake(ref rest, MaxLength, out bool isCompressed, out ReadOnlySequence<byte> message);
        if (found != FrameRead.Whole || !rest.IsEmpty || isCompressed) return AnswerUnusual(context, found, body.IsEmpty, rest, isCompressed, message);
        return message.IsSingleSegment ? handler(context, message.FirstSpan) : AnswerCopy(context, message);
    }

    private Task AnswerCopy(HttpContext context, in ReadOnlySequence<byte> message)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent((int)message.Length);
        message.CopyTo(rented);
        Task answering = handler(context, rented.AsSpan(0, (int)message.Length));
        ArrayPool<byte>.Shared.Return(rented);
        return answering;
    }

    private Task AnswerUnusual(
        HttpContext context, FrameRead found, bool isEmpty, in ReadOnlySequence<byte> rest, bool isCompressed, in ReadOnlySequence<byte> message)
    {
        if (Fault(context, found, isEmpty, in rest, isCompressed) is { } fault)
        {
            GrpcReply.Status(context, fault);
            return Task.CompletedTask;
        }
        var unpacked = new ArrayBufferWriter<byte>();
        GrpcStatus status = GzipMessage.Unpack(message, MaxLength, unpacked);
        if (status.IsOk) return handler(context, unpacked.WrittenSpan);
        GrpcReply.Status(context, status);
        return Task.CompletedTask;
    }

    private static GrpcStatus? Fault(HttpContext context, FrameRead found, bool isEmpty, in ReadOnlySequence<byte> rest, bool isCompressed) => found switch
    {
        FrameRead.BadFlag => MessageReader.BadFlag(),
        FrameRead.TooLong => MessageReader.TooLong(MaxLength),
        FrameRead.Partial when isEmpty => new GrpcStatus(GrpcStatusCode.Unimplemented, "the method takes one message, and none came"),
        FrameRead.Partial => MessageReader.CutShort(),
        _ when !rest.IsEmpty => new GrpcStatus(GrpcStatusCode.Unimplemented, "the method takes one message, and more came"),
        _ => isCompressed ? MessageReader.FaultOf(EncodingOf(context.Request.Headers.GrpcEncoding)) : null,
    };

    private static string? EncodingOf(StringValues header) => header.Count == 0 ? null : header.ToString();
}
