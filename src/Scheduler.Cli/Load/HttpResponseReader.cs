using System.Buffers.Text;
using System.Text;

namespace Scheduler.Cli.Load;

/// <summary>
/// Reads HTTP/1.1 responses (RFC 9112) from a buffer: a fixed length, chunks, or no body. A body that ends with the connection is refused: nothing we
/// call answers so.
/// </summary>
internal static class HttpResponseReader
{
    /// <summary>Largest header block taken, bytes.</summary>
    public const int LargestHead = 16 * 1024;

    /// <summary>Reads the response at the start of a buffer.</summary>
    /// <param name="buffer">What has arrived. When the answer is complete and came in chunks, they are joined in place.</param>
    /// <param name="response">The response; meaningful when complete.</param>
    public static HttpVerdict Read(Span<byte> buffer, out HttpResponse response)
    {
        response = default;
        int headLength = buffer.IndexOf("\r\n\r\n"u8);
        if (headLength < 0) return buffer.Length > LargestHead ? HttpVerdict.Malformed : HttpVerdict.Incomplete;
        ReadOnlySpan<byte> head = buffer[..headLength];
        if (head.Length < 12 || !head.StartsWith("HTTP/1.1 "u8)) return HttpVerdict.Malformed;
        if (!Utf8Parser.TryParse(head.Slice(9, 3), out int status, out int digits) || digits != 3 || status is < 100 or > 599)
            return HttpVerdict.Malformed;

        int? contentLength = null, retryAfter = null;
        bool isChunked = false, keepAlive = true;
        int lineStart = head.IndexOf("\r\n"u8);
        while (lineStart >= 0)
        {
            head = head[(lineStart + 2)..];
            lineStart = head.IndexOf("\r\n"u8);
            ReadOnlySpan<byte> line = lineStart < 0 ? head : head[..lineStart];
            int colon = line.IndexOf((byte)':');
            if (colon <= 0) return HttpVerdict.Malformed;
            ReadOnlySpan<byte> name = line[..colon], value = line[(colon + 1)..].Trim((byte)' ');
            switch (name.Length)
            {
                case 14 when Ascii.EqualsIgnoreCase(name, "content-length"u8):
                    if (!Utf8Parser.TryParse(value, out int length, out int used) || used != value.Length || length < 0 || value[0] == '+')
                        return HttpVerdict.Malformed;
                    contentLength = length;
                    break;
                case 17 when Ascii.EqualsIgnoreCase(name, "transfer-encoding"u8):
                    if (!Ascii.EqualsIgnoreCase(value, "chunked"u8)) return HttpVerdict.Malformed;
                    isChunked = true;
                    break;
                case 10 when Ascii.EqualsIgnoreCase(name, "connection"u8):
                    keepAlive = !Ascii.EqualsIgnoreCase(value, "close"u8);
                    break;
                case 11 when Ascii.EqualsIgnoreCase(name, "retry-after"u8):
                    if (Utf8Parser.TryParse(value, out int seconds, out used) && used == value.Length && seconds >= 0) retryAfter = seconds;
                    break;
            }
        }

        int bodyStart = headLength + 4;
        int bodyLength = 0, wireLength = 0;
        if (status is >= 200 and not 204 and not 304)
        {
            if (isChunked)
            {
                HttpVerdict verdict = JoinChunks(buffer[bodyStart..], out bodyLength, out wireLength);
                if (verdict != HttpVerdict.Complete) return verdict;
            }
            else if (contentLength is { } fixedLength)
            {
                if (buffer.Length - bodyStart < fixedLength) return HttpVerdict.Incomplete;
                bodyLength = wireLength = fixedLength;
            }
            else
            {
                return HttpVerdict.Malformed;
            }
        }
        response = new HttpResponse(status, bodyStart, bodyLength, bodyStart + wireLength, keepAlive, retryAfter);
        return HttpVerdict.Complete;
    }

    private static HttpVerdict JoinChunks(Span<byte> body, out int bodyLength, out int wireLength)
    {
        // First walk to the end without touching anything: a later call must find the chunks as they came.
        HttpVerdict verdict = Walk(body, join: false, out bodyLength, out wireLength);
        return verdict == HttpVerdict.Complete ? Walk(body, join: true, out bodyLength, out wireLength) : verdict;
    }

    private static HttpVerdict Walk(Span<byte> body, bool join, out int bodyLength, out int wireLength)
    {
        bodyLength = 0;
        wireLength = 0;
        while (true)
        {
            Span<byte> rest = body[wireLength..];
            int line = rest.IndexOf("\r\n"u8);
            if (line < 0) return rest.Length > 64 ? HttpVerdict.Malformed : HttpVerdict.Incomplete;
            if (!Utf8Parser.TryParse(rest[..line], out int size, out int used, 'x') || size < 0 || (used < line && rest[used] != ';'))
                return HttpVerdict.Malformed;
            int data = wireLength + line + 2;
            if (size == 0)
            {
                if (body.Length - data < 2) return HttpVerdict.Incomplete;
                wireLength = data + 2;
                return body.Slice(data, 2).SequenceEqual("\r\n"u8) ? HttpVerdict.Complete : HttpVerdict.Malformed; // trailers: nobody sends us any
            }
            if (body.Length - data - 2 < size) return HttpVerdict.Incomplete;
            if (!body.Slice(data + size, 2).SequenceEqual("\r\n"u8)) return HttpVerdict.Malformed;
            if (join) body.Slice(data, size).CopyTo(body[bodyLength..]);
            bodyLength += size;
            wireLength = data + size + 2;
        }
    }
}
