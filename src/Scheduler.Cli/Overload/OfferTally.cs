using Scheduler.Cli.Load;

namespace Scheduler.Cli.Overload;

/// <summary>What became of the viewers that were due while it counted.</summary>
internal sealed class OfferTally
{
    /// <summary>From the moment a viewer was due, not from the one at which his request could be sent, µs.</summary>
    public LatencyHistogram Accepted { get; } = new();

    /// <summary>The same of those who were refused, µs.</summary>
    public LatencyHistogram Refused { get; } = new();

    /// <summary>Viewers that were due.</summary>
    public long Offered { get; set; }

    /// <summary>Viewers that found no free connection in time.</summary>
    public long GaveUp { get; set; }

    /// <summary>Answers other than 201, 429 and 503, and connections that were lost under a request.</summary>
    public long Failed { get; set; }
}
