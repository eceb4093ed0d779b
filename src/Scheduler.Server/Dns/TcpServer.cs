using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Scheduler.State;

namespace Scheduler.Server.Dns;

/// <summary>Answers over TCP (RFC 7766): as many questions a connection as come, in their order; who stays idle is closed, and at the limit who has been idle for longest.</summary>
internal sealed class TcpServer : IDisposable
{
    private readonly Socket _listener;
    private readonly DnsHandler _handler;
    private readonly Func<bool> _isOpen;
    private readonly Hosting.DnsOptions _options;
    private readonly DnsCounters _counters;
    private readonly SchedulerClock _clock;
    private readonly ConcurrentDictionary<TcpConversation, bool> _open = new();
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Binds and listens.</summary>
    /// <param name="endpoint">Where.</param>
    /// <param name="handler">Answers; without a limit, so that connections may share it.</param>
    /// <param name="isOpen">Whether answers are given now.</param>
    /// <param name="options">Limits.</param>
    /// <param name="counters">Counts connections.</param>
    /// <param name="clock">The clock.</param>
    /// <exception cref="SocketException">The address cannot be had.</exception>
    public TcpServer(IPEndPoint endpoint, DnsHandler handler, Func<bool> isOpen, Hosting.DnsOptions options, DnsCounters counters, SchedulerClock clock)
    {
        (_handler, _isOpen, _options, _counters, _clock) = (handler, isOpen, options, counters, clock);
        _listener = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (endpoint.AddressFamily == AddressFamily.InterNetworkV6) _listener.DualMode = false;
            _listener.Bind(endpoint);
            _listener.Listen(512);
        }
        catch (SocketException)
        {
            _listener.Dispose();
            throw;
        }
    }

    /// <summary>Begins to accept.</summary>
    public void Start() => _ = AcceptAsync();

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        foreach (TcpConversation conversation in _open.Keys) conversation.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        CancellationToken stop = _stop.Token;
        while (!stop.IsCancellationRequested)
        {
            Socket socket;
            try
            {
                socket = await _listener.AcceptAsync(stop);
            }
            catch (Exception fault) when (fault is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                if (fault is SocketException { SocketErrorCode: SocketError.TooManyOpenSockets }) await Task.Delay(TimeSpan.FromMilliseconds(100), _clock.Time, CancellationToken.None);
                continue; // an asker that went before it was heard; the loop ends when the process does
            }
            if (_open.Count >= _options.TcpConnections) CloseIdlest();
            _ = ConverseAsync(socket, stop);
        }
    }

    private async Task ConverseAsync(Socket socket, CancellationToken stop)
    {
        using var conversation = new TcpConversation(socket, _handler, _isOpen, TimeSpan.FromSeconds(_options.TcpIdleS), _clock);
        _open[conversation] = true;
        _counters.CountConnection(1);
        try
        {
            await conversation.RunAsync(stop);
        }
        catch (Exception fault) when (fault is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The asker went, was idle, or made room for another one: all is done that can be.
        }
        finally
        {
            _open.TryRemove(conversation, out _);
            _counters.CountConnection(-1);
        }
    }

    private void CloseIdlest()
    {
        TcpConversation? idlest = null;
        foreach (TcpConversation conversation in _open.Keys)
            if (idlest is null || conversation.ActiveAtMs < idlest.ActiveAtMs) idlest = conversation;
        if (idlest is null) return;
        idlest.Dispose();
        _counters.Count(DnsFate.ConnectionClosed);
    }
}
