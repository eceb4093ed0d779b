using System.Buffers;
using System.IO.Pipelines;
using Scheduler.Protocol.V1.Problems;

namespace Scheduler.Server.Http;

/// <summary>
/// An endpoint that answers from the bytes of its body, at once when they are all there, as they are for any small request: no state machine,
/// no model binding, no allocation.
/// </summary>
/// <param name="longestBody">Bytes of the longest body it takes.</param>
internal abstract class BodyEndpoint(int longestBody)
{
    /// <summary>Handles one request; the <see cref="RequestDelegate"/> of the route.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.ContentLength > longestBody) return Refuse(context);
        PipeReader reader = context.Request.BodyReader;
        // Without the token of the request: who hangs up ends the read as well, and to ask for the token makes one.
        ValueTask<ReadResult> reading = reader.ReadAsync();
        if (!reading.IsCompletedSuccessfully) return ReadOnAsync(context, reader, reading);
        ReadResult read = reading.Result;
        if (!read.IsCompleted && read.Buffer.Length <= longestBody)
        {
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            return ReadOnAsync(context, reader, reader.ReadAsync());
        }
        Task answering = AnswerWhole(context, read.Buffer);
        reader.AdvanceTo(read.Buffer.End);
        return answering;
    }

    /// <summary>Answers a request whose body came in another way, as the message of a call of gRPC.</summary>
    internal Task AnswerMessage(HttpContext context, ReadOnlySpan<byte> message) => Answer(context, message);

    /// <summary>Answers one request whose body has come whole. The body is gone once this returns: an answer that takes longer needs a copy.</summary>
    protected abstract Task Answer(HttpContext context, ReadOnlySpan<byte> body);

    private async Task ReadOnAsync(HttpContext context, PipeReader reader, ValueTask<ReadResult> reading)
    {
        while (true)
        {
            ReadResult read = await ReadAsync(reading);
            if (read.IsCompleted || read.Buffer.Length > longestBody)
            {
                Task answering = AnswerWhole(context, read.Buffer);
                reader.AdvanceTo(read.Buffer.End);
                await answering;
                return;
            }
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            reading = reader.ReadAsync();
        }
    }

    private static async ValueTask<ReadResult> ReadAsync(ValueTask<ReadResult> reading)
    {
        try
        {
            return await reading;
        }
        catch (IOException cause) when (cause is not BadHttpRequestException)
        {
            // A length of a chunk that is beyond all numbers fails in the server's reader, not in its check; the fault is the caller's all the same.
            throw new BadHttpRequestException("The body cannot be read.", cause);
        }
    }

    private Task AnswerWhole(HttpContext context, in ReadOnlySequence<byte> body)
    {
        if (body.Length > longestBody) return Refuse(context);
        if (body.IsSingleSegment) return Answer(context, body.FirstSpan);
        byte[] rented = ArrayPool<byte>.Shared.Rent((int)body.Length);
        body.CopyTo(rented);
        Task answering = Answer(context, rented.AsSpan(0, (int)body.Length));
        ArrayPool<byte>.Shared.Return(rented);
        return answering;
    }

    private Task Refuse(HttpContext context)
    {
        Reply.Problem(context, ProblemKind.BodyTooLarge, $"the body may have at most {longestBody} bytes");
        return Task.CompletedTask;
    }
}
