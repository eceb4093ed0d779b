namespace Scheduler.Server.Security;

/// <summary>How a caller was told from others.</summary>
public enum CallerStanding
{
    /// <summary>It showed no key and needs one.</summary>
    NoKey = 0,

    /// <summary>It showed a key that no one has, or that was revoked.</summary>
    UnknownKey = 1,

    /// <summary>It showed a key that holds.</summary>
    Key = 2,

    /// <summary>It needs no key: demo mode, on loopback.</summary>
    Demo = 3,
}
