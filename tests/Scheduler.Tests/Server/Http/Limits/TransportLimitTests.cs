using System.Net;
using System.Net.Sockets;
using System.Text;
using Scheduler.Tests.Server.Hosting;

namespace Scheduler.Tests.Server.Http.Limits;

/// <summary>What a peer on the wire may do, byte by byte: an HTTP client is too well-behaved for it.</summary>
public sealed class TransportLimitTests : IAsyncLifetime
{
    private const int Most = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly LiveScheduler _scheduler = new()
    {
        Settings =
        [
            ("Scheduler:Connections:Most", "3"), ("Scheduler:Connections:RequestLineBytes", "512"), ("Scheduler:Connections:HeaderBytes", "2048"),
            ("Scheduler:Connections:Headers", "16"), ("Scheduler:Connections:HeadersWithinS", "1"), ("Scheduler:Connections:SlowGraceS", "2"),
        ],
    };

    // A client of the fixture would hold one of the three connections.
    public Task InitializeAsync() => _scheduler.StartAsync(_scheduler.Settings);

    public Task DisposeAsync() => _scheduler.DisposeAsync();

    [Fact]
    public async Task Who_sends_headers_slowly_is_cut()
    {
        using Socket peer = await ConnectAsync();
        await SendAsync(peer, "POST /v1/sessions HTTP/1.1\r\nHost: x\r\nX-Slow: ");
        string answer = await ReadToEndAsync(peer);
        Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 408 ", StringComparison.Ordinal), answer);
    }

    [Fact]
    public async Task Who_sends_a_body_slowly_is_cut()
    {
        using Socket peer = await ConnectAsync();
        await SendAsync(peer, "POST /v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{");
        string answer = await ReadToEndAsync(peer);
        Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 4", StringComparison.Ordinal), answer);
    }

    [Fact]
    public async Task Beyond_the_most_a_connection_is_closed_and_the_others_serve_on()
    {
        Socket[] peers = [await ConnectAsync(), await ConnectAsync(), await ConnectAsync()];
        Assert.Equal(Most, peers.Length);
        foreach (Socket peer in peers) Assert.StartsWith("HTTP/1.1 200 ", await AskAsync(peer), StringComparison.Ordinal); // each is served, so each is counted
        using (Socket fourth = await ConnectAsync()) Assert.Equal("", await ReadToEndAsync(fourth));
        foreach (Socket peer in peers)
        {
            Assert.StartsWith("HTTP/1.1 200 ", await AskAsync(peer), StringComparison.Ordinal);
            peer.Dispose();
        }
        await LiveScheduler.UntilAsync(async () =>
        {
            using Socket next = await ConnectAsync();
            return (await AskAsync(next)).StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal);
        }, "taking connections again");
    }

    [Theory]
    [InlineData("GET /healthz/live?{0} HTTP/1.1\r\nHost: x\r\n\r\n", 600, "414")]
    [InlineData("GET /healthz/live HTTP/1.1\r\nHost: x\r\nX-Large: {0}\r\n\r\n", 3_000, "431")]
    public async Task What_is_too_long_is_refused_by_its_status(string request, int length, string status)
    {
        using Socket peer = await ConnectAsync();
        await SendAsync(peer, string.Format(null, request, new string('x', length)));
        Assert.StartsWith($"HTTP/1.1 {status} ", await ReadToEndAsync(peer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_headers_are_431()
    {
        using Socket peer = await ConnectAsync();
        await SendAsync(peer, $"GET /healthz/live HTTP/1.1\r\nHost: x\r\n{string.Concat(Enumerable.Range(0, 20).Select(i => $"X-{i}: y\r\n"))}\r\n");
        Assert.StartsWith("HTTP/1.1 431 ", await ReadToEndAsync(peer), StringComparison.Ordinal);
    }

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, _scheduler.Address.Port);
        return socket;
    }

    private static async Task SendAsync(Socket socket, string text) => await socket.SendAsync(Encoding.ASCII.GetBytes(text));

    /// <summary>One call on a connection that stays open; its answer's head. Empty when the connection is closed.</summary>
    private static async Task<string> AskAsync(Socket socket)
    {
        byte[] buffer = new byte[4_096];
        try
        {
            await SendAsync(socket, "GET /healthz/live HTTP/1.1\r\nHost: x\r\n\r\n");
            using var patience = new CancellationTokenSource(Patience);
            return Encoding.ASCII.GetString(buffer, 0, await socket.ReceiveAsync(buffer, patience.Token));
        }
        catch (SocketException)
        {
            return "";
        }
    }

    /// <summary>All that comes until the peer closes; that it closes is what is tested.</summary>
    private static async Task<string> ReadToEndAsync(Socket socket)
    {
        using var patience = new CancellationTokenSource(Patience);
        var text = new StringBuilder();
        byte[] buffer = new byte[4_096];
        try
        {
            while (await socket.ReceiveAsync(buffer, patience.Token) is var count and > 0) text.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }
        catch (SocketException)
        {
            // A reset is an end too.
        }
        return text.ToString();
    }
}
