namespace Scheduler.Server.Endpoints.Steering;

/// <summary>How a steering call was answered. Exported as a metric label: append, never renumber.</summary>
internal enum SteeringOutcome
{
    /// <summary>A session was opened.</summary>
    Opened = 0,

    /// <summary>A session was renewed where it is.</summary>
    Renewed = 1,

    /// <summary>A session was renewed and sent elsewhere.</summary>
    Moved = 2,

    /// <summary>Nothing had room: a manifest without a session, of what the playlist declares.</summary>
    Unplaced = 3,

    /// <summary>Overload, or a caller beyond his limit: a manifest without a decision, of where he was and what the playlist declares.</summary>
    Shed = 4,

    /// <summary>Fleet or geography is not loaded, or another process has this replica's number: a manifest without a decision.</summary>
    NotReady = 5,

    /// <summary>A manifest that was only looked at: HEAD.</summary>
    Looked = 6,

    /// <summary>An error: no key, no such stream, barred by law, or nothing at all to name.</summary>
    Refused = 7,
}
