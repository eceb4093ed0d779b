namespace Scheduler.Simulator.Backhauls;

/// <summary>A stream at a node that does not get it from its publisher: pulled once, whoever needs it there.</summary>
/// <param name="node">The node.</param>
/// <param name="stream">The stream.</param>
internal sealed class Feed(int node, int stream)
{
    /// <summary>The node.</summary>
    public int Node => node;

    /// <summary>The stream.</summary>
    public int Stream => stream;

    /// <summary>True while viewers of the node watch it.</summary>
    public bool Watched { get; set; }

    /// <summary>Nodes that pull it from here.</summary>
    public int Children { get; set; }

    /// <summary>It is kept until then for children who are about to come, virtual ms.</summary>
    public long WarmUntilMs { get; set; }

    /// <summary>The node that it is pulled from; null while nothing feeds it.</summary>
    public int? Parent { get; set; }

    /// <summary>The way that it comes over; null inside one site, and while nothing feeds it.</summary>
    public int? Way { get; set; }

    /// <summary>Its place in the list of those that ask again at one time.</summary>
    public int Place { get; set; }

    /// <summary>True while somebody needs it.</summary>
    /// <param name="nowMs">Virtual time, ms.</param>
    public bool IsNeeded(long nowMs) => Watched || Children > 0 || WarmUntilMs > nowMs;
}
