namespace Scheduler.Protocol.V1.Problems;

/// <summary>
/// Everything that a call can fail of. Each has one <c>type</c> URI, title and status (<see cref="ProblemType"/>), which callers may rely
/// on: append, never change.
/// </summary>
public enum ProblemKind
{
    /// <summary>The request is at fault; <c>errors</c> tells where.</summary>
    InvalidRequest = 0,

    /// <summary>No key, or one that does not hold.</summary>
    Unauthorized,

    /// <summary>The key may not do this.</summary>
    Forbidden,

    /// <summary>Nothing has this name.</summary>
    NotFound,

    /// <summary>The resource does not know this method.</summary>
    MethodNotAllowed,

    /// <summary>It is not in a state for this.</summary>
    Conflict,

    /// <summary>The session's token is not ours, or was changed.</summary>
    InvalidToken,

    /// <summary>The session has ended: open a new one.</summary>
    SessionExpired,

    /// <summary>Somebody changed the resource first: read it again.</summary>
    StaleVersion,

    /// <summary>The change must name the version that it changes, in <c>If-Match</c>.</summary>
    VersionRequired,

    /// <summary>The body is larger than this call takes.</summary>
    BodyTooLarge,

    /// <summary>The body is of a type that this call does not take.</summary>
    UnsupportedMediaType,

    /// <summary>The key of an earlier, different request was used again.</summary>
    IdempotencyKeyReused,

    /// <summary>More calls than the caller may make.</summary>
    QuotaExceeded,

    /// <summary>A guard refuses the drain: what is left would not carry the load, would have no spare, or too much is drained already.</summary>
    DrainWouldExceedCapacity,

    /// <summary>No node can serve: all that may are full, down or drained.</summary>
    NoCapacity,

    /// <summary>The scheduler has not yet what it needs to decide.</summary>
    NotReady,

    /// <summary>A fault of the scheduler's own.</summary>
    InternalError,

    /// <summary>The request can be read, but fields of it are at fault; <c>errors</c> names each.</summary>
    InvalidFields,

    /// <summary>The store cannot be reached: viewers are served, changes are not taken.</summary>
    StoreUnavailable,

    /// <summary>The call needs a client certificate of an authority that issues them for it.</summary>
    CertificateRequired,

    /// <summary>More is asked than the machine can answer: this call was sent away unread.</summary>
    Overloaded,

    /// <summary>The policy leaves no node that may ever serve this viewer; waiting does not help.</summary>
    UnavailableForLegalReasons,
}
