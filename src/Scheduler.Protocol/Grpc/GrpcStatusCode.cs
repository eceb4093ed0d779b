namespace Scheduler.Protocol.Grpc;

/// <summary>How a call of gRPC ended: the codes of <c>grpc-status</c>.</summary>
public enum GrpcStatusCode
{
    /// <summary>As it should.</summary>
    Ok = 0,

    /// <summary>The caller took it back.</summary>
    Cancelled = 1,

    /// <summary>For a reason that has no code: the handler failed.</summary>
    Unknown = 2,

    /// <summary>The message is at fault, whatever the state of the server.</summary>
    InvalidArgument = 3,

    /// <summary>Its time was over before it was done.</summary>
    DeadlineExceeded = 4,

    /// <summary>What it is about is not there.</summary>
    NotFound = 5,

    /// <summary>What it makes is there already.</summary>
    AlreadyExists = 6,

    /// <summary>The caller is known and may not.</summary>
    PermissionDenied = 7,

    /// <summary>A quota, a limit of size, or all room is used up.</summary>
    ResourceExhausted = 8,

    /// <summary>The present state does not allow it; to ask again does not help before the state is changed.</summary>
    FailedPrecondition = 9,

    /// <summary>Somebody else was first: read, and try anew.</summary>
    Aborted = 10,

    /// <summary>Past a valid range.</summary>
    OutOfRange = 11,

    /// <summary>There is no such method, or it does not take what was sent.</summary>
    Unimplemented = 12,

    /// <summary>The rules of the protocol were broken.</summary>
    Internal = 13,

    /// <summary>Not now; to ask again, perhaps elsewhere, may help.</summary>
    Unavailable = 14,

    /// <summary>Lost beyond repair.</summary>
    DataLoss = 15,

    /// <summary>The caller is not known.</summary>
    Unauthenticated = 16,
}
