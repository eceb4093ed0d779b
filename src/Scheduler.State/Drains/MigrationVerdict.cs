namespace Scheduler.State.Drains;

/// <summary>What became of a session's wish to leave a drained node. Exported as a metric's label: append, never renumber.</summary>
public enum MigrationVerdict
{
    /// <summary>It was asked to move.</summary>
    Offered = 0,

    /// <summary>It waits: enough have left the target for now.</summary>
    Pace = 1,

    /// <summary>It waits: enough have come to the receiver for now.</summary>
    Receiver = 2,

    /// <summary>It waits: no receiver has room below <see cref="Core.Drains.ReceiverBounds.MostUtilisation"/>.</summary>
    NoRoom = 3,

    /// <summary>It waits: the drain is paused.</summary>
    Paused = 4,

    /// <summary>It waits: it has moved within the last <see cref="Core.Drains.MigrationPacer.RestS"/> seconds.</summary>
    Rest = 5,
}
