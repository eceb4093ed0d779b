using Microsoft.AspNetCore.Server.Kestrel.Core;
using Scheduler.Server.Hosting;

namespace Scheduler.Server.Http.Limits;

/// <summary>Hands the limits of connections to Kestrel, which holds them before any of our code runs.</summary>
internal static class TransportLimits
{
    /// <summary>No call takes a longer body; most take far less, and say so themselves.</summary>
    private const long LongestBody = 16 * 1024 * 1024;

    /// <summary>Sets them.</summary>
    public static void Set(KestrelServerLimits limits, ConnectionOptions options)
    {
        limits.MaxConcurrentConnections = options.Most == 0 ? null : options.Most;
        limits.MaxRequestLineSize = options.RequestLineBytes;
        limits.MaxRequestBufferSize = Math.Max(limits.MaxRequestBufferSize ?? 0, options.HeaderBytes + (long)options.RequestLineBytes);
        limits.MaxRequestHeadersTotalSize = options.HeaderBytes;
        limits.MaxRequestHeaderCount = options.Headers;
        limits.MaxRequestBodySize = LongestBody;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(options.HeadersWithinS);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(options.IdleS);
        MinDataRate? rate = options.LeastBytesPerS == 0 ? null : new MinDataRate(options.LeastBytesPerS, TimeSpan.FromSeconds(options.SlowGraceS));
        (limits.MinRequestBodyDataRate, limits.MinResponseDataRate) = (rate, rate);
        limits.Http2.MaxStreamsPerConnection = options.Http2Streams;
        limits.Http2.MaxRequestHeaderFieldSize = options.HeaderBytes;
        // A peer that keeps a connection and is gone is found out by a ping, not only by the idle time.
        limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(options.IdleS);
    }
}
