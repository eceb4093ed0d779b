namespace Scheduler.Client.Edges;

/// <summary>Whether a node serves who shows a ticket, and why not. A metric label: append, never renumber.</summary>
public enum AdmissionVerdict
{
    /// <summary>He is served.</summary>
    Admitted = 0,

    /// <summary>It is not 64 characters of a ticket of this version.</summary>
    Malformed = 1,

    /// <summary>It was made under a key that this node was not given: of another site, or newer than the keys that it holds.</summary>
    UnknownKey = 2,

    /// <summary>It was not made by the scheduler, or was changed.</summary>
    Forged = 3,

    /// <summary>It no longer opens anything, and its viewer is not here.</summary>
    Expired = 4,

    /// <summary>It opens another node of the site.</summary>
    OtherNode = 5,

    /// <summary>It is for another stream.</summary>
    OtherStream = 6,

    /// <summary>It is a spare one, and the site is drained by now: the scheduler names another node.</summary>
    Drained = 7,
}
