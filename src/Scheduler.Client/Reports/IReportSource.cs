namespace Scheduler.Client.Reports;

/// <summary>Where the numbers of a report come from: the nodes that one <see cref="EdgeReporter"/> speaks for.</summary>
public interface IReportSource
{
    /// <summary>How many nodes there are; may change from round to round.</summary>
    int Count { get; }

    /// <summary>What one node measures now. Called once a node a round, from one thread at a time.</summary>
    /// <param name="index">In [0, <see cref="Count"/>).</param>
    NodeMeasurement Measure(int index);

    /// <summary>What became of a round, for a source that obeys what the scheduler answers. Called after each, from the reporter's loop.</summary>
    /// <param name="round">The round.</param>
    void Told(ReportRound round)
    {
    }
}
