namespace Scheduler.State.Upstreams;

/// <summary>What comes in and goes out of IDCs as of the last second; whole, published by one reference.</summary>
/// <param name="Arrivals">By node index: streams that publishers send there.</param>
/// <param name="Pulls">By site index: streams that other sites' nodes pull from there, each counted once for each node.</param>
/// <param name="PulledKbps">By site index: what they pull, kbit/s.</param>
public sealed record UpstreamCounts(int[] Arrivals, int[] Pulls, long[] PulledKbps)
{
    /// <summary>Nothing is known.</summary>
    public static UpstreamCounts None { get; } = new([], [], []);

    /// <summary>Streams that publishers send to a node.</summary>
    public int ArrivalsAt(int node) => node < Arrivals.Length ? Arrivals[node] : 0;

    /// <summary>Streams that other sites' nodes pull from an IDC.</summary>
    public int PullsFrom(int site) => site < Pulls.Length ? Pulls[site] : 0;

    /// <summary>What other sites' nodes pull from an IDC, kbit/s.</summary>
    public long KbpsFrom(int site) => site < PulledKbps.Length ? PulledKbps[site] : 0;
}
