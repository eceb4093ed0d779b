using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using Google.Protobuf;
using Scheduler.Protocol.Grpc;

namespace Scheduler.Client.Grpc;

/// <summary>Calls one scheduler over gRPC: HTTP/2, in the clear with prior knowledge or over TLS, as its address says. For any number of threads.</summary>
public sealed class GrpcCaller : IDisposable
{
    private static readonly MediaTypeHeaderValue ContentType = new(GrpcNames.ContentType);

    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private readonly string? _key;

    /// <summary>A caller.</summary>
    /// <param name="address">Where the scheduler speaks gRPC, such as <c>http://localhost:8081</c>.</param>
    /// <param name="key">API key; null for none, as a demo on loopback allows.</param>
    /// <param name="tls">How TLS is spoken, with a client certificate perhaps; null for the defaults.</param>
    /// <param name="time">Clock of deadlines; null for the machine's.</param>
    public GrpcCaller(Uri address, string? key = null, SslClientAuthenticationOptions? tls = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(address);
        var handler = new SocketsHttpHandler
        {
            EnableMultipleHttp2Connections = true,
            UseCookies = false,
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            // A server that is gone without a word is found out while streams wait for it; not more often than servers put up with.
            KeepAlivePingDelay = TimeSpan.FromSeconds(20),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        };
        if (tls is not null) handler.SslOptions = tls;
        _http = new HttpClient(handler)
        {
            BaseAddress = address,
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _key = key;
        _time = time ?? TimeProvider.System;
    }

    /// <summary>Asks once and waits for the answer.</summary>
    /// <param name="method">The method; one that takes one message and answers one.</param>
    /// <param name="request">The message.</param>
    /// <param name="deadline">How long it may take; the server is told.</param>
    /// <param name="cancellation">Takes the call back, with <see cref="OperationCanceledException"/>.</param>
    /// <returns>The answer, or why there is none.</returns>
    public async Task<Result<TResponse>> CallAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method, TRequest request, TimeSpan deadline, CancellationToken cancellation = default)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        ArgumentNullException.ThrowIfNull(method);
        using var timeout = new CancellationTokenSource(deadline, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        await using GrpcStream<TRequest, TResponse> stream = Open(method, deadline, either.Token);
        try
        {
            await stream.WriteAsync(request, either.Token);
            await stream.CompleteAsync();
            TResponse? first = await stream.ReadAsync(either.Token);
            if (first is not null && await stream.ReadAsync(either.Token) is not null)
                return GrpcFault.Of(new GrpcStatus(GrpcStatusCode.Internal, "more than one answer came"));
            if (stream.Problem is { } problem) return problem;
            return first is null ? GrpcFault.Of(new GrpcStatus(GrpcStatusCode.Internal, "no answer came")) : first;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return GrpcFault.Of(new GrpcStatus(GrpcStatusCode.DeadlineExceeded, $"no answer within {deadline.TotalSeconds:0.###} s"));
        }
    }

    /// <summary>Begins a call whose messages go both ways, for as long as it lasts.</summary>
    /// <param name="method">The method.</param>
    /// <param name="deadline">How long all of it may take; null for ever. The server ends it then.</param>
    /// <param name="cancellation">Takes the call back.</param>
    /// <returns>The call; to be disposed of, which takes it back unless it has ended.</returns>
    public GrpcStream<TRequest, TResponse> Open<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method, TimeSpan? deadline = null, CancellationToken cancellation = default)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        ArgumentNullException.ThrowIfNull(method);
        var body = new MessageContent();
        body.Headers.ContentType = ContentType;
        var message = new HttpRequestMessage(HttpMethod.Post, method.Path) { Content = body, Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        message.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        message.Headers.TryAddWithoutValidation(GrpcNames.AcceptEncoding, GrpcNames.AcceptedEncodings);
        if (deadline is { } limit) message.Headers.TryAddWithoutValidation(GrpcNames.Timeout, GrpcTimeout.Format(limit));
        if (_key is not null) message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _key);
        return new GrpcStream<TRequest, TResponse>(_http, message, body, method.Parser, cancellation);
    }

    /// <summary>Closes the connection, and with it every call that is under way.</summary>
    public void Dispose() => _http.Dispose();
}
