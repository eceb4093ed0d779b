using System.IO.Pipelines;
using Google.Protobuf;
using Scheduler.Protocol.Grpc;

namespace Scheduler.Server.Grpc;

/// <summary>A call with a stream of messages in one direction at least. One message in and one out at a time: who does not read what he is answered is not read either.</summary>
/// <param name="context">The call.</param>
/// <param name="ends">The end of the call, whatever brings it.</param>
internal sealed class StreamCall(HttpContext context, CancellationToken ends) : IDisposable
{
    private readonly bool _packs = GrpcReply.Packs(context);
    private readonly PipeWriter _writer = context.Response.BodyWriter;
    private readonly MessageReader _reader = new(context.Request.BodyReader, context.Request.Headers.GrpcEncoding is [{ } encoding, ..] ? encoding : null);

    /// <summary>The call.</summary>
    public HttpContext Context => context;

    /// <summary>The end of the call.</summary>
    public CancellationToken Ends => ends;

    /// <summary>Sends the headers at once: there are callers who wait for them before they say anything.</summary>
    public async Task BeginAsync()
    {
        HttpResponse response = context.Response;
        response.ContentType = GrpcNames.ContentType;
        response.Headers.GrpcAcceptEncoding = GrpcNames.AcceptedEncodings;
        if (_packs) response.Headers.GrpcEncoding = GrpcNames.Gzip;
        await _writer.FlushAsync(ends);
    }

    /// <summary>Waits for the next message.</summary>
    public ValueTask<MessageRead> ReadAsync() => _reader.ReadAsync(ends);

    /// <summary>Room for a message of so many bytes at most, and its frame.</summary>
    public Span<byte> Room(int maxLength) => _writer.GetSpan(MessageFrame.HeaderLength + maxLength);

    /// <summary>Puts the frame before the message in the room; <see cref="FlushAsync"/> sends it.</summary>
    public void Add(Span<byte> room, int length) => _writer.Advance(GrpcReply.Frame(room, length, _packs));

    /// <summary>Sends what was added, and waits while the caller takes nothing.</summary>
    public async ValueTask FlushAsync()
    {
        FlushResult flushed = await _writer.FlushAsync(ends);
        if (flushed.IsCompleted || flushed.IsCanceled) throw new IOException("the caller is gone");
    }

    /// <summary>Sends a message.</summary>
    public ValueTask SendAsync(IMessage message)
    {
        int length = message.CalculateSize();
        Span<byte> room = Room(length);
        message.WriteTo(room.Slice(MessageFrame.HeaderLength, length));
        Add(room, length);
        return FlushAsync();
    }

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();
}
