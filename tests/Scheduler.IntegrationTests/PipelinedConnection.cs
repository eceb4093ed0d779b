using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Scheduler.IntegrationTests;

/// <summary>One connection that is kept open and on which many requests are under way at once, in HTTP/1.1 as RFC 9112 has it: answers come in the order of the questions.</summary>
internal sealed class PipelinedConnection : IDisposable
{
    private readonly TcpClient _client = new() { NoDelay = true };
    private readonly Uri _url;
    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    private PipelinedConnection(Uri url) => _url = url;

    /// <summary>Connects.</summary>
    public static async Task<PipelinedConnection> OpenAsync(string url)
    {
        var connection = new PipelinedConnection(new Uri(url));
        await connection._client.ConnectAsync(connection._url.Host, connection._url.Port);
        return connection;
    }

    /// <summary>Sends all questions at once and gives the answers to <paramref name="take"/>: status and body.</summary>
    public async Task AskAsync(IReadOnlyCollection<string> targets, Action<int, ReadOnlyMemory<byte>> take)
    {
        NetworkStream stream = _client.GetStream();
        byte[] questions = Encoding.ASCII.GetBytes(string.Concat(targets.Select(target => $"GET {target} HTTP/1.1\r\nHost: {_url.Authority}\r\n\r\n")));
        // The server answers while it still reads: who sent all before he read any might wait for one who waits for him.
        Task sent = stream.WriteAsync(questions).AsTask();
        for (int i = 0; i < targets.Count; i++) await ReadAnswerAsync(stream, take);
        await sent;
    }

    public void Dispose() => _client.Dispose();

    private async Task ReadAnswerAsync(NetworkStream stream, Action<int, ReadOnlyMemory<byte>> take)
    {
        int head;
        while ((head = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n\r\n"u8)) < 0) await ReadMoreAsync(stream);
        string[] lines = Encoding.ASCII.GetString(_buffer, _start, head).Split("\r\n");
        int status = int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture);
        string length = lines.First(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))["Content-Length:".Length..];
        int body = int.Parse(length, CultureInfo.InvariantCulture);
        _start += head + 4;
        while (_end - _start < body) await ReadMoreAsync(stream);
        take(status, _buffer.AsMemory(_start, body));
        _start += body;
    }

    private async Task ReadMoreAsync(NetworkStream stream)
    {
        if (_start > 0) _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_end == _buffer.Length) Array.Resize(ref _buffer, 2 * _buffer.Length);
        int read = await stream.ReadAsync(_buffer.AsMemory(_end));
        Assert.True(read > 0, "the server hung up");
        _end += read;
    }
}
