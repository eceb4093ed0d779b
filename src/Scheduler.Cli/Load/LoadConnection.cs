using System.Net;
using System.Net.Sockets;

namespace Scheduler.Cli.Load;

/// <summary>One kept-alive connection with at most one request under way. Never blocks, never throws for what a network does.</summary>
internal sealed class LoadConnection(EndPoint endpoint) : IDisposable
{
    private const int LargestAnswer = 1024 * 1024;

    private readonly byte[] _request = new byte[RequestTemplates.LongestRequest];
    private byte[] _answer = new byte[8 * 1024];
    private Task<Socket?>? _connecting;
    private int _toSend;
    private int _sent;
    private int _received;
    private bool _hasServed;

    /// <summary>The socket; null while there is none.</summary>
    public Socket? Socket { get; private set; }

    /// <summary>True while a request waits for its answer.</summary>
    public bool IsBusy { get; private set; }

    /// <summary>True when the last try to connect failed and no later one has succeeded.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>True while part of the request could not be sent yet.</summary>
    public bool WantsToWrite => IsBusy && _sent < _toSend;

    /// <summary>Who asks.</summary>
    public int Viewer { get; set; }

    /// <summary>What he asks.</summary>
    public LoadOperation Operation { get; set; }

    /// <summary>When the request was sent, timestamp of the clock.</summary>
    public long SentAt { get; set; }

    /// <summary>Where the next request is written.</summary>
    public Span<byte> Request => _request;

    /// <summary>The body of a complete answer.</summary>
    public ReadOnlySpan<byte> Body(in HttpResponse response) => _answer.AsSpan(response.BodyStart, response.BodyLength);

    /// <summary>Gets on with connecting.</summary>
    /// <returns>True when the connection stands; false while it does not yet, or when a try has just failed and the next call starts another.</returns>
    public bool Connect()
    {
        if (Socket is not null) return true;
        _connecting ??= ConnectAsync(endpoint);
        if (!_connecting.IsCompleted) return false;
        Socket = _connecting.Result; // complete: does not wait, and the task never faults
        _connecting = null;
        _hasServed = false;
        HasFailed = Socket is null;
        return Socket is not null;
    }

    /// <summary>Sends the first bytes of <see cref="Request"/>.</summary>
    /// <returns>False when the connection is gone.</returns>
    public bool Send(int length)
    {
        (_toSend, _sent, _received, IsBusy) = (length, 0, 0, true);
        return Flush();
    }

    /// <summary>Sends what could not be sent before.</summary>
    /// <returns>False when the connection is gone.</returns>
    public bool Flush()
    {
        while (_sent < _toSend)
        {
            int sent = Socket!.Send(_request.AsSpan(_sent, _toSend - _sent), SocketFlags.None, out SocketError error);
            if (error == SocketError.WouldBlock) return true;
            if (error != SocketError.Success) return false;
            _sent += sent;
        }
        return true;
    }

    /// <summary>Takes what has arrived.</summary>
    /// <param name="response">The answer; meaningful when complete, and the connection is then idle or closed.</param>
    /// <returns><see cref="HttpVerdict.Malformed"/> also when the connection is gone.</returns>
    public HttpVerdict Receive(out HttpResponse response)
    {
        response = default;
        if (_received == _answer.Length)
        {
            if (_answer.Length >= LargestAnswer) return HttpVerdict.Malformed;
            Array.Resize(ref _answer, _answer.Length * 2);
        }
        int received = Socket!.Receive(_answer.AsSpan(_received), SocketFlags.None, out SocketError error);
        if (error == SocketError.WouldBlock) return HttpVerdict.Incomplete;
        if (error != SocketError.Success || received == 0) return HttpVerdict.Malformed;
        _received += received;
        HttpVerdict verdict = HttpResponseReader.Read(_answer.AsSpan(0, _received), out response);
        // An interim answer (1xx) or bytes after the answer: none of our calls asks for either.
        if (verdict == HttpVerdict.Complete && (response.Length != _received || response.Status < 200)) return HttpVerdict.Malformed;
        if (verdict != HttpVerdict.Complete) return verdict;
        IsBusy = false;
        _hasServed = true;
        if (!response.KeepAlive) Drop();
        return verdict;
    }

    /// <summary>
    /// Gives up the socket. True when the request may be sent again: it went out on a connection that had served before and not a byte came back, so
    /// the server had closed it for idleness.
    /// </summary>
    public bool Drop()
    {
        bool wasStale = IsBusy && _hasServed && _received == 0;
        Socket?.Dispose();
        Socket = null;
        IsBusy = false;
        return wasStale;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Drop();
        _connecting?.ContinueWith(static t => t.Result?.Dispose(), TaskScheduler.Default);
    }

    private static async Task<Socket?> ConnectAsync(EndPoint endpoint)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            await socket.ConnectAsync(endpoint, timeout.Token);
            socket.Blocking = false;
            return socket;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            socket.Dispose();
            await Task.Delay(200); // a server that refuses is asked five times a second, not in a tight loop
            return null;
        }
    }
}
