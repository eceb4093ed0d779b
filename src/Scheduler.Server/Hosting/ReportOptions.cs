using System.ComponentModel.DataAnnotations;
using Scheduler.Core.Capacity;
using Scheduler.State.Sites;

namespace Scheduler.Server.Hosting;

/// <summary>Section <c>Scheduler:Reports</c>.</summary>
public sealed class ReportOptions
{
    /// <summary>Time between two reports that nodes are asked for, ms.</summary>
    /// <value>100 to 60,000; default 1,000.</value>
    [Range(100, 60_000)]
    public int IntervalMs { get; set; } = Staleness.Default.IntervalMs;

    /// <summary>Intervals without a report until a node is suspect.</summary>
    /// <value>1.5 to 100; default 3.</value>
    [Range(1.5, 100)]
    public double SuspectAfter { get; set; } = Staleness.Default.SuspectAfter;

    /// <summary>Intervals without a report until a node is silent.</summary>
    /// <value>2 to 1,000 and more than <see cref="SuspectAfter"/>; default 6.</value>
    [Range(2, 1_000)]
    public double SilentAfter { get; set; } = Staleness.Default.SilentAfter;

    /// <summary>Time in which a node that came back is trusted fully, s.</summary>
    /// <value>1 to 3,600; default 90.</value>
    [Range(1, 3_600)]
    public int SlowStartS { get; set; } = (int)SlowStart.Default.Window.TotalSeconds;

    /// <summary>Batches that may wait at each writer.</summary>
    /// <value>1 to 10,000; default 1,024: a thousand reporters may speak at once, whatever holds the writers up for a second.</value>
    [Range(1, 10_000)]
    public int QueueLength { get; set; } = 1_024;

    /// <summary>The rules that these options make.</summary>
    public SiteRules ToRules() => new(
        new Staleness(IntervalMs, SuspectAfter, Math.Max(SuspectAfter + 1, SilentAfter)),
        SlowStart.Default with { Window = TimeSpan.FromSeconds(SlowStartS) },
        SiteRules.Default.Replica);
}
