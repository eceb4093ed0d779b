using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Scheduler.IntegrationTests.Cluster;

/// <summary>A wire that a test can cut: what comes in on its port goes on to another, until it is cut, and nothing gets through until it is mended.</summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Socket, bool> _open = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;
    private readonly int _to;
    private volatile bool _isCut;

    /// <summary>A wire to a port of this machine.</summary>
    public TcpProxy(int to)
    {
        _to = to;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where it is entered.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Cuts it: connections break, and new ones are closed at once.</summary>
    public void Cut()
    {
        _isCut = true;
        foreach (Socket socket in _open.Keys) socket.Dispose();
    }

    /// <summary>Mends it.</summary>
    public void Mend() => _isCut = false;

    public async ValueTask DisposeAsync()
    {
        Cut();
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket near = await _listener.AcceptSocketAsync(_end.Token);
                if (_isCut) near.Dispose();
                else _ = CarryAsync(near);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The proxy is disposed of.
        }
    }

    private async Task CarryAsync(Socket near)
    {
        using (near)
        using (var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true })
        {
            near.NoDelay = true;
            (_open[near], _open[far]) = (true, true);
            try
            {
                await far.ConnectAsync(IPAddress.Loopback, _to, _end.Token);
                if (!_isCut) await Task.WhenAny(CopyAsync(near, far), CopyAsync(far, near));
            }
            catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // Cut, or whoever it leads to is not there.
            }
            _open.TryRemove(near, out _);
            _open.TryRemove(far, out _);
        }
    }

    private static async Task CopyAsync(Socket from, Socket to)
    {
        byte[] bytes = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(bytes) is > 0 and var length) await to.SendAsync(bytes.AsMemory(0, length));
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // One side is gone; the other is closed with it.
        }
    }
}
