using System.ComponentModel.DataAnnotations;

namespace Scheduler.Server.Hosting;

/// <summary>Section <c>Scheduler:Overload</c>: what happens when more is asked than the machine can answer.</summary>
public sealed class OverloadOptions
{
    /// <summary>How long work may wait in the thread pool before new sessions are refused, ms; twice as long: beats; four times: reports.</summary>
    /// <value>0 to 1,000; default 8. 0 refuses nothing.</value>
    [Range(0, 1_000)]
    public double TargetMs { get; set; } = 8;

    /// <summary>How long a refusal is held back, ms.</summary>
    /// <value>5 to 10,000; default 1,000: a connection that is refused asks about once a second.</value>
    [Range(5, 10_000)]
    public int HoldMs { get; set; } = 1_000;
}
