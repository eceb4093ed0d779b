namespace Scheduler.State.Upstreams;

/// <summary>What is kept of a node from report to report, to tell which of its streams do not arrive any more.</summary>
internal sealed class NodeReports
{
    /// <summary>Entries that one report has room for: a node with more streams names them in turn.</summary>
    private const int MostNamed = 64;

    /// <summary>Reports of it that were counted.</summary>
    public long Count { get; set; }

    /// <summary>Streams that arrive there.</summary>
    public int Arrivals { get; set; }

    /// <summary>True when a stream was named in one of the last two rounds; a round is as many reports as it takes to name all.</summary>
    /// <param name="namedAt">When it was named, by <see cref="Count"/>.</param>
    public bool StillNames(long namedAt) => Count - namedAt < 2 * Math.Max(1, (Arrivals + MostNamed - 1) / MostNamed);
}
