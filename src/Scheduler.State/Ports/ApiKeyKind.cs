namespace Scheduler.State.Ports;

/// <summary>What the bearer of a key may do. Stored: append, never renumber.</summary>
public enum ApiKeyKind
{
    /// <summary>Publishable: a player asks for itself.</summary>
    Player = 0,

    /// <summary>A trusted server asks for viewers that it names by address.</summary>
    Backend = 1,

    /// <summary>A site reports for its own nodes.</summary>
    Reporter = 2,

    /// <summary>Reads the admin API.</summary>
    Viewer = 3,

    /// <summary>A viewer who may also change the fleet, node states and drains, and roll back.</summary>
    Operator = 4,

    /// <summary>An operator who may also make and revoke keys.</summary>
    Admin = 5,
}
