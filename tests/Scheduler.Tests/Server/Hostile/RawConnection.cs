using System.Net.Sockets;
using System.Text;

namespace Scheduler.Tests.Server.Hostile;

/// <summary>A bare TCP connection: says to a server what no HTTP client would.</summary>
internal sealed class RawConnection : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly TcpClient _client = new();

    public static async Task<RawConnection> OpenAsync(Uri server)
    {
        var connection = new RawConnection();
        await connection._client.ConnectAsync(server.Host, server.Port);
        return connection;
    }

    /// <summary>Sends bytes (Latin-1) and reads until the server closes.</summary>
    /// <param name="words">What to send.</param>
    /// <param name="hangUp">True when the server would wait for more: it is told that none will come, and may close without an answer.</param>
    public async Task<string> SayAsync(string words, bool hangUp = false)
    {
        using var patience = new CancellationTokenSource(Patience);
        NetworkStream stream = _client.GetStream();
        var heard = new MemoryStream();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(words), patience.Token);
            if (hangUp) _client.Client.Shutdown(SocketShutdown.Send);
            await stream.CopyToAsync(heard, patience.Token);
        }
        catch (IOException)
        {
            // The server closed before it had read everything, as it may: what it said until then counts.
        }
        return Encoding.Latin1.GetString(heard.ToArray());
    }

    /// <summary>The statuses of the answers in what was heard, in order.</summary>
    public static int[] Statuses(string heard) =>
        [.. heard.Split("HTTP/1.1 ")[1..].Select(answer => int.Parse(answer.AsSpan(0, 3), System.Globalization.CultureInfo.InvariantCulture))];

    public void Dispose() => _client.Dispose();
}
