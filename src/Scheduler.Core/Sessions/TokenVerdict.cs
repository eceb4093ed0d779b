namespace Scheduler.Core.Sessions;

/// <summary>What a token or ticket turned out to be. Exported as a metric label: append, never renumber.</summary>
public enum TokenVerdict
{
    /// <summary>Ours, whole and in time.</summary>
    Valid = 0,

    /// <summary>Ours and whole, but its time is over; the claims can be trusted.</summary>
    Expired = 1,

    /// <summary>Not of this form: wrong length, character, version or field.</summary>
    Malformed = 2,

    /// <summary>Made under a key that is not listed (any more).</summary>
    UnknownKey = 3,

    /// <summary>The key is known and the MAC is wrong: changed, or made by someone else.</summary>
    Forged = 4,
}
