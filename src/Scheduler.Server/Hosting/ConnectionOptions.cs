using System.ComponentModel.DataAnnotations;

namespace Scheduler.Server.Hosting;

/// <summary>Section <c>Scheduler:Connections</c>: what one connection, and all of them, may take.</summary>
public sealed class ConnectionOptions
{
    /// <summary>Connections at once; one more is closed as soon as it is made.</summary>
    /// <value>0 to 10,000,000; default 50,000; 0 for as many as the system gives.</value>
    [Range(0, 10_000_000)]
    public int Most { get; set; } = 50_000;

    /// <summary>Longest request line, bytes; 414 beyond.</summary>
    /// <value>256 to 65,536; default 8,192.</value>
    [Range(256, 65_536)]
    public int RequestLineBytes { get; set; } = 8_192;

    /// <summary>All headers of a request, bytes; 431 beyond.</summary>
    /// <value>1,024 to 262,144; default 16,384.</value>
    [Range(1_024, 262_144)]
    public int HeaderBytes { get; set; } = 16_384;

    /// <summary>Headers of a request; 431 beyond.</summary>
    /// <value>16 to 1,000; default 64.</value>
    [Range(16, 1_000)]
    public int Headers { get; set; } = 64;

    /// <summary>Time within which the headers must have come, s; the connection is closed then.</summary>
    /// <value>1 to 3,600; default 10.</value>
    [Range(1, 3_600)]
    public int HeadersWithinS { get; set; } = 10;

    /// <summary>How long a connection may stay idle, s.</summary>
    /// <value>1 to 86,400; default 130: longer than the longest beat, so that a player need not connect anew for each.</value>
    [Range(1, 86_400)]
    public int IdleS { get; set; } = 130;

    /// <summary>Least rate at which a body must come and an answer be taken, bytes a second, after <see cref="SlowGraceS"/>.</summary>
    /// <value>0 to 1,000,000; default 240; 0 waits for ever.</value>
    [Range(0, 1_000_000)]
    public int LeastBytesPerS { get; set; } = 240;

    /// <summary>Time for which a body or an answer may be slower than that, s.</summary>
    /// <value>2 to 3,600; default 5.</value>
    [Range(2, 3_600)]
    public int SlowGraceS { get; set; } = 5;

    /// <summary>Requests under way at once on one HTTP/2 connection.</summary>
    /// <value>1 to 10,000; default 100.</value>
    [Range(1, 10_000)]
    public int Http2Streams { get; set; } = 100;
}
