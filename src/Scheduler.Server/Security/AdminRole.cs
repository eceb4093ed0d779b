namespace Scheduler.Server.Security;

/// <summary>What a caller may do on the admin API; each role may do what the ones before it may.</summary>
public enum AdminRole
{
    /// <summary>Reads.</summary>
    Viewer = 0,

    /// <summary>Changes the fleet, node states and drains; rolls back.</summary>
    Operator = 1,

    /// <summary>Makes and revokes keys.</summary>
    Admin = 2,
}
