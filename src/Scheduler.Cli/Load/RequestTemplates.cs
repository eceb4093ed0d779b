using System.Buffers.Text;
using System.Text;

namespace Scheduler.Cli.Load;

/// <summary>The requests of simulated viewers, ready but for the parts that differ: filling one in is a few copies.</summary>
internal sealed class RequestTemplates
{
    /// <summary>Bytes that the longest request may take, tokens of 512 bytes included.</summary>
    public const int LongestRequest = 4096;

    private readonly byte[] _open;
    private readonly byte[] _beat;
    private readonly byte[] _failover;
    private readonly byte[] _close;

    /// <summary>Templates for one scheduler.</summary>
    /// <param name="url">Its address.</param>
    /// <param name="key">API key; null for none.</param>
    public RequestTemplates(Uri url, string? key)
    {
        string common = $" HTTP/1.1\r\nHost: {url.Authority}\r\n" + (key is null ? "" : $"Authorization: Bearer {key}\r\n");
        string json = common + "Content-Type: application/json\r\nContent-Length: ";
        string path = url.AbsolutePath.TrimEnd('/');
        _open = Encoding.ASCII.GetBytes($"POST {path}/v1/sessions{json}");
        _beat = Encoding.ASCII.GetBytes($"POST {path}/v1/sessions/heartbeat{json}");
        _failover = Encoding.ASCII.GetBytes($"POST {path}/v1/sessions/failover{json}");
        _close = Encoding.ASCII.GetBytes($"DELETE {path}/v1/sessions{common}X-Session-Token: ");
    }

    /// <summary>Writes an opening.</summary>
    /// <param name="to">At least <see cref="LongestRequest"/> bytes.</param>
    /// <param name="stream">Name of the stream.</param>
    /// <param name="address">The viewer's address; empty to leave it out.</param>
    /// <param name="kbps">Expected bit rate, kbit/s.</param>
    /// <param name="previousToken">Token of the session that this one continues; empty for a new viewer.</param>
    /// <returns>Bytes written.</returns>
    public int WriteOpen(Span<byte> to, ReadOnlySpan<byte> stream, ReadOnlySpan<byte> address, int kbps, ReadOnlySpan<byte> previousToken)
    {
        Span<byte> body = stackalloc byte[1024];
        var writer = new ByteWriter(body);
        writer.Add("{\"stream\":\""u8);
        writer.Add(stream);
        if (!address.IsEmpty)
        {
            writer.Add("\",\"client_ip\":\""u8);
            writer.Add(address);
        }
        if (!previousToken.IsEmpty)
        {
            writer.Add("\",\"previous_token\":\""u8);
            writer.Add(previousToken);
        }
        writer.Add("\",\"bitrate_bps\":"u8);
        writer.Add(kbps);
        writer.Add("000}"u8);
        return Post(to, _open, body[..writer.Length]);
    }

    /// <summary>Writes a beat.</summary>
    public int WriteBeat(Span<byte> to, ReadOnlySpan<byte> token)
    {
        Span<byte> body = stackalloc byte[640];
        var writer = new ByteWriter(body);
        writer.Add("{\"token\":\""u8);
        writer.Add(token);
        writer.Add("\"}"u8);
        return Post(to, _beat, body[..writer.Length]);
    }

    /// <summary>Writes a failover.</summary>
    public int WriteFailover(Span<byte> to, ReadOnlySpan<byte> token, ReadOnlySpan<byte> node)
    {
        Span<byte> body = stackalloc byte[768];
        var writer = new ByteWriter(body);
        writer.Add("{\"token\":\""u8);
        writer.Add(token);
        writer.Add("\",\"failed\":\""u8);
        writer.Add(node);
        writer.Add("\",\"reason\":\"connect_timeout\"}"u8);
        return Post(to, _failover, body[..writer.Length]);
    }

    /// <summary>Writes a farewell.</summary>
    public int WriteClose(Span<byte> to, ReadOnlySpan<byte> token)
    {
        var writer = new ByteWriter(to);
        writer.Add(_close);
        writer.Add(token);
        writer.Add("\r\n\r\n"u8);
        return writer.Length;
    }

    private static int Post(Span<byte> to, ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        var writer = new ByteWriter(to);
        writer.Add(head);
        writer.Add(body.Length);
        writer.Add("\r\n\r\n"u8);
        writer.Add(body);
        return writer.Length;
    }

    private ref struct ByteWriter(Span<byte> to)
    {
        private readonly Span<byte> _to = to;

        public int Length { get; private set; }

        public void Add(ReadOnlySpan<byte> bytes)
        {
            bytes.CopyTo(_to[Length..]);
            Length += bytes.Length;
        }

        public void Add(int number)
        {
            Utf8Formatter.TryFormat(number, _to[Length..], out int written);
            Length += written;
        }
    }
}
