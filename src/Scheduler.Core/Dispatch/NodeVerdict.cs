namespace Scheduler.Core.Dispatch;

/// <summary>What became of a node of the chosen site. Exported in explanations: append, never renumber.</summary>
public enum NodeVerdict
{
    /// <summary>It is the first candidate.</summary>
    Chosen = 0,

    /// <summary>It is a later candidate.</summary>
    Fallback = 1,

    /// <summary>It could take the session; the hash of the stream prefers others, or of two nodes of a hot stream the other was less utilised.</summary>
    LaterByHash = 2,

    /// <summary>It has room, but is utilised beyond the bound under which a site's nodes take streams by hash.</summary>
    BeyondBound = 3,

    /// <summary>It has no escrow left for this session.</summary>
    NoRoom = 4,

    /// <summary>It may not be named, as its standing says.</summary>
    NotServing = 5,

    /// <summary>It has another role, or speaks another protocol.</summary>
    Unsuited = 6,

    /// <summary>The request excludes it.</summary>
    Excluded = 7,
}
