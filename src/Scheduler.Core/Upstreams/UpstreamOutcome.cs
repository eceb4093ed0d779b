namespace Scheduler.Core.Upstreams;

/// <summary>How a question for parents was answered. Exported as metric label: append, never renumber.</summary>
public enum UpstreamOutcome
{
    /// <summary>Parents that may be named.</summary>
    Named = 0,

    /// <summary>Only parents that are drained, silent or ejected, and still alive as far as is known: nothing else can serve.</summary>
    LastResort = 1,

    /// <summary>The stream arrives at the node that asks.</summary>
    IsHome = 2,

    /// <summary>Nobody publishes the stream.</summary>
    NoHome = 3,

    /// <summary>The fleet gives the node's site no upstream, or every way to one is closed.</summary>
    NoWay = 4,

    /// <summary>Nothing at the other end of its ways is alive.</summary>
    NoParent = 5,

    /// <summary>Links or nodes are full.</summary>
    NoRoom = 6,
}
