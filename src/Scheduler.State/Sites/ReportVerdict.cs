namespace Scheduler.State.Sites;

/// <summary>What became of a report. Exported as a metric label: append, never renumber.</summary>
public enum ReportVerdict
{
    /// <summary>It is the node's newest word.</summary>
    Applied = 0,

    /// <summary>A newer one was there already.</summary>
    Outdated = 1,
}
