namespace Scheduler.State.Ports;

/// <summary>Which revisions a list is to hold: those that every given condition is true of.</summary>
/// <param name="Before">Only those with a smaller number; null starts at the newest.</param>
/// <param name="Limit">How many at most; at least 1.</param>
public sealed record RevisionQuery(long? Before, int Limit)
{
    /// <summary>Only those that changed this; null for all.</summary>
    public RevisionKind? Kind { get; init; }

    /// <summary>Only those of this author; null for all.</summary>
    public string? Author { get; init; }

    /// <summary>Only those made at this time or later; null for all.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Only those made before this time; null for all.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Only those whose reason has this text in it, ASCII letters in either case; null for all.</summary>
    public string? Text { get; init; }
}
