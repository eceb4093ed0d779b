using System.ComponentModel.DataAnnotations;

namespace Scheduler.Server.Hosting;

/// <summary>Section <c>Scheduler:Telemetry:DecisionLog</c>.</summary>
public sealed class DecisionLogOptions
{
    /// <summary>Share of the sessions whose decisions are kept; also <c>--sample</c>.</summary>
    /// <value>0 to 1; default 0: none are.</value>
    [Range(0, 1)]
    public double Sample { get; set; }

    /// <summary>The file; what does not fit any more goes to the same name with <c>.1</c> at its end.</summary>
    /// <value>Default <c>./data/decisions.jsonl</c>.</value>
    [Required]
    public string Path { get; set; } = "./data/decisions.jsonl";

    /// <summary>Most bytes that both files have together; the oldest half is given up when it is reached.</summary>
    /// <value>1,000,000 to 1,000,000,000,000; default 1,000,000,000.</value>
    [Range(1_000_000, 1_000_000_000_000)]
    public long MaxBytes { get; set; } = 1_000_000_000;
}
