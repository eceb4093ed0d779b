namespace Scheduler.State;

/// <summary>Why a change was refused.</summary>
public enum ConfigurationRefusalKind
{
    /// <summary>A field has a value that cannot be; the caller must send something else.</summary>
    Invalid = 0,

    /// <summary>What was to be changed is not there.</summary>
    NotFound = 1,

    /// <summary>The change was well formed, but the present configuration does not allow it.</summary>
    Conflict = 2,

    /// <summary>The Idempotency-Key was used before, with another body.</summary>
    RequestKeyReused = 3,
}
