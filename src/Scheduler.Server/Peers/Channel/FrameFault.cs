namespace Scheduler.Server.Peers.Channel;

/// <summary>Why the frames of a connection, or one of them, are not believed. Exported as metric label: append, never renumber.</summary>
internal enum FrameFault
{
    /// <summary>The other side does not know the cluster key, or is of another version.</summary>
    Handshake = 0,

    /// <summary>It claims a number or a start that another has by now.</summary>
    Stale = 1,

    /// <summary>A frame has a length that none may have.</summary>
    TooLong = 2,

    /// <summary>A frame was not made with the connection's key, was changed, is repeated, or one before it is missing.</summary>
    Forged = 3,

    /// <summary>A payload is not what its type says; the frame is passed over.</summary>
    Malformed = 4,
}
