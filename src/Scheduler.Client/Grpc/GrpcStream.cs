using System.Buffers;
using System.IO.Pipelines;
using Google.Protobuf;
using Scheduler.Protocol.Grpc;

namespace Scheduler.Client.Grpc;

/// <summary>A call whose messages go both ways. One writer and one reader at a time; they need not be the same.</summary>
/// <typeparam name="TRequest">Type of what is sent.</typeparam>
/// <typeparam name="TResponse">Type of what is answered.</typeparam>
public sealed class GrpcStream<TRequest, TResponse> : IAsyncDisposable
    where TRequest : class, IMessage<TRequest>
    where TResponse : class, IMessage<TResponse>
{
    private readonly CancellationTokenSource _over;
    private readonly MessageContent _body;
    private readonly MessageParser<TResponse> _parser;
    private readonly Task<HttpResponseMessage> _answer;
    private readonly ArrayBufferWriter<byte> _outgoing = new();
    private HttpResponseMessage? _response;
    private MessageReader? _reader;

    internal GrpcStream(HttpClient http, HttpRequestMessage request, MessageContent body, MessageParser<TResponse> parser, CancellationToken cancellation)
    {
        _over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        (_body, _parser) = (body, parser);
        _answer = SendAsync(http, request);
    }

    /// <summary>True once the answers have ended.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Why the call ended; null while it lasts, and when it ended as it should.</summary>
    public SchedulerProblem? Problem { get; private set; }

    /// <summary>Sends a message at once.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellation">Ends the wait; the call cannot be used after that.</param>
    /// <returns>False when the call is over: <see cref="ReadAsync"/> tells why.</returns>
    public async Task<bool> WriteAsync(TRequest message, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        int length = message.CalculateSize();
        _outgoing.ResetWrittenCount();
        MessageFrame.WriteHeader(_outgoing.GetSpan(MessageFrame.HeaderLength), length);
        _outgoing.Advance(MessageFrame.HeaderLength);
        message.WriteTo(_outgoing);
        try
        {
            Stream stream = await _body.Opened.WaitAsync(cancellation);
            await stream.WriteAsync(_outgoing.WrittenMemory, cancellation);
            await stream.FlushAsync(cancellation);
            return true;
        }
        catch (Exception fault) when (IsOfTransport(fault) && !cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Says that no more messages come; answers may still come.</summary>
    public Task CompleteAsync()
    {
        _body.Complete();
        return Task.CompletedTask;
    }

    /// <summary>Waits for the next answer.</summary>
    /// <param name="cancellation">Ends the wait; the call cannot be used after that.</param>
    /// <returns>The answer; null when the call has ended: see <see cref="Problem"/>.</returns>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    public async Task<TResponse?> ReadAsync(CancellationToken cancellation = default)
    {
        if (HasEnded) return null;
        try
        {
            if (_response is null)
            {
                _response = await _answer.WaitAsync(cancellation);
                if (!IsGrpc(_response)) return End(GrpcFault.OfHttp(_response.StatusCode));
                string? encoding = _response.Headers.NonValidated.TryGetValues(GrpcNames.Encoding, out var named) ? named.ToString() : null;
                _reader = new MessageReader(PipeReader.Create(await _response.Content.ReadAsStreamAsync(cancellation)), encoding);
            }
            MessageRead read = await _reader!.ReadAsync(cancellation);
            if (read.End is null) return Parse(read.Message.Span);
            if (!read.End.Value.IsOk) return End(GrpcFault.Of(read.End.Value));
            if (GrpcFault.TryRead(_response.TrailingHeaders, out SchedulerProblem? problem) || GrpcFault.TryRead(_response.Headers, out problem)) return End(problem);
            return End(GrpcFault.Of(new GrpcStatus(GrpcStatusCode.Unknown, "the answer ended without a status")));
        }
        catch (Exception fault) when (IsOfTransport(fault) && !cancellation.IsCancellationRequested)
        {
            return End(GrpcFault.OfTransport(fault));
        }
    }

    /// <summary>Ends the call: takes it back, unless it has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _body.Abandon();
        _reader?.Dispose();
        _response?.Dispose();
        if (_response is null) _ = _answer.ContinueWith(late => late.Result.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
        _over.Dispose();
    }

    private static bool IsGrpc(HttpResponseMessage response) =>
        response.IsSuccessStatusCode && response.Content.Headers.ContentType is { MediaType: { } type } && GrpcNames.IsContentType(type);

    private static bool IsOfTransport(Exception fault) => fault is HttpRequestException or IOException or OperationCanceledException or ObjectDisposedException;

    private async Task<HttpResponseMessage> SendAsync(HttpClient http, HttpRequestMessage request)
    {
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, _over.Token);
        }
        catch (Exception)
        {
            _body.Abandon(); // whoever writes need not wait for a connection
            throw;
        }
    }

    private TResponse? Parse(ReadOnlySpan<byte> message)
    {
        try
        {
            return _parser.ParseFrom(message);
        }
        catch (InvalidProtocolBufferException fault)
        {
            return End(GrpcFault.Of(new GrpcStatus(GrpcStatusCode.Internal, fault.Message)));
        }
    }

    private TResponse? End(SchedulerProblem? problem)
    {
        (HasEnded, Problem) = (true, problem);
        return null;
    }
}
