namespace Scheduler.Core.Routing;

/// <summary>Whether a node or a site may be named, and if not, why. Exported as metric label and in explanations: append, never renumber.</summary>
public enum Eligibility : byte
{
    /// <summary>May be named.</summary>
    Eligible = 0,

    /// <summary>An operator drains it.</summary>
    Drained = 1,

    /// <summary>An operator took it out of service.</summary>
    OutOfService = 2,

    /// <summary>It says that it cannot serve.</summary>
    Down = 3,

    /// <summary>It says that it wants nothing new.</summary>
    NodeDraining = 4,

    /// <summary>It was heard before and is silent now: the last resort when nothing else can serve.</summary>
    Silent = 5,

    /// <summary>It has never reported.</summary>
    Unheard = 6,

    /// <summary>Players' failure reports took it out for a while.</summary>
    Ejected = 7,
}
