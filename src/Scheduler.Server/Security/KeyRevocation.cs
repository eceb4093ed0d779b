namespace Scheduler.Server.Security;

/// <summary>How the revocation of a key ended.</summary>
public enum KeyRevocation
{
    /// <summary>The key does not hold any more, from now on.</summary>
    Revoked = 0,

    /// <summary>There is no such key, or it was revoked before.</summary>
    NotFound = 1,

    /// <summary>It is the last key that could make another one, so it was kept.</summary>
    LastAdmin = 2,
}
