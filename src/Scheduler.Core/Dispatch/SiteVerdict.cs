namespace Scheduler.Core.Dispatch;

/// <summary>What became of a site in one decision. Exported in explanations: append, never renumber.</summary>
public enum SiteVerdict
{
    /// <summary>It gave the first candidate.</summary>
    Chosen = 0,

    /// <summary>It gave a later candidate, to fall back on.</summary>
    Fallback = 1,

    /// <summary>It has room and serves, but costs more than those that were named.</summary>
    Dearer = 2,

    /// <summary>It costs about as much as the chosen one, and the hash of the viewer gave him to that.</summary>
    NearEqual = 3,

    /// <summary>It costs less than the chosen one, which this viewer tries because nobody has measured it.</summary>
    Explored = 4,

    /// <summary>The viewer keeps the node of his previous session.</summary>
    Stayed = 5,

    /// <summary>None of its nodes for this role may be named: drained, down, silent and so on, as its standing says.</summary>
    NotServing = 6,

    /// <summary>None of the nodes that may be named speaks the protocol.</summary>
    Protocol = 7,

    /// <summary>Its nodes have no escrow left for this session.</summary>
    NoRoom = 8,

    /// <summary>It serves and has room as a whole, but no single node could take the session: full, excluded, or of another protocol.</summary>
    NoNode = 9,

    /// <summary>A fence of the policy, or the class of the stream, keeps it from this viewer.</summary>
    Fenced = 10,
}
