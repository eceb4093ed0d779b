namespace Scheduler.State.Publishing;

/// <summary>What a publisher is to his stream. On the wire in lower case: append, never renumber.</summary>
public enum PublisherRole
{
    /// <summary>What he sends is the stream.</summary>
    Primary = 0,

    /// <summary>Another one is there already: what he sends becomes the stream when the other stops.</summary>
    Backup = 1,
}
