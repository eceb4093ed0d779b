using System.ComponentModel.DataAnnotations;

namespace Scheduler.Server.Hosting;

/// <summary>Section <c>Scheduler:Overload</c>: what happens when more is asked than the machine can answer.</summary>
public sealed class OverloadOptions
{
    /// <summary>How long work may wait in the thread pool before calls are refused, ms.</summary>
    /// <value>0 to 1,000; default 0, which refuses nothing; 5 is CoDel's target (RFC 8289).</value>
    [Range(0, 1_000)]
    public double TargetMs { get; set; }

    /// <summary>Calls of each class that are let in at any pressure, a second: what is busy may be a neighbour on the machine.</summary>
    /// <value>0 to 1,000,000; default 1,000, a few hundredths of what one core answers.</value>
    [Range(0, 1_000_000)]
    public int LeastPerS { get; set; } = 1_000;

    /// <summary>Refusals that are answered at once, a second; more of them wait up to <see cref="LongestHoldMs"/>.</summary>
    /// <value>200 to 1,000,000; default 2,000.</value>
    [Range(200, 1_000_000)]
    public int RefusalsPerS { get; set; } = 2_000;

    /// <summary>The longest time that a refusal is held back, ms.</summary>
    /// <value>10 to 10,000; default 250: longer ones would use up a caller's connections, and with them the calls that could be answered.</value>
    [Range(10, 10_000)]
    public int LongestHoldMs { get; set; } = 250;
}
