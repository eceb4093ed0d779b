namespace Scheduler.Core.Dispatch;

/// <summary>By which rule a decision came to its first candidate. Exported in explanations: append, never renumber.</summary>
public enum ChoiceRule
{
    /// <summary>Nothing can serve.</summary>
    None = 0,

    /// <summary>The least score among the sites near the viewer that could take him.</summary>
    LeastScore = 1,

    /// <summary>Several sites were about as good as the best; the hash of the viewer chose among them.</summary>
    NearEquals = 2,

    /// <summary>The viewer tries a site whose round-trip time nobody has measured.</summary>
    Exploration = 3,

    /// <summary>He keeps the node of his previous session.</summary>
    Sticky = 4,

    /// <summary>No site near him could take him: the cheapest of the world that can.</summary>
    WholeWorld = 5,

    /// <summary>Only nodes that have fallen silent are left.</summary>
    LastResort = 6,

    /// <summary>Nothing has room; the policy lets the least utilised node be filled beyond its capacity.</summary>
    Spill = 7,
}
