namespace Scheduler.Server.Dns;

/// <summary>What may happen to a question beside its answer; also the metric label.</summary>
internal enum DnsFate
{
    /// <summary>Not answered: an answer itself, or too short.</summary>
    Dropped = 0,

    /// <summary>Not answered: this replica is not ready, or leaves; the asker's resolver turns to another server.</summary>
    NotReady = 1,

    /// <summary>Not answered: more answers than the limit to one network about one name.</summary>
    Limited = 2,

    /// <summary>Sent to TCP by the same limit.</summary>
    Slipped = 3,

    /// <summary>Sent to TCP because the answer was too long.</summary>
    Truncated = 4,

    /// <summary>A TCP connection was closed to make room for another one.</summary>
    ConnectionClosed = 5,
}
