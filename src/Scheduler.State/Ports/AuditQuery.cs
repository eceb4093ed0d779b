namespace Scheduler.State.Ports;

/// <summary>Which audit records a list is to hold: those that every given condition is true of.</summary>
/// <param name="Before">Only those with a smaller number; null starts at the newest.</param>
/// <param name="Limit">How many at most; at least 1.</param>
public sealed record AuditQuery(long? Before, int Limit)
{
    /// <summary>Only those of the key of this name or id; null for all.</summary>
    public string? Caller { get; init; }

    /// <summary>Only those whose operation has this text in it, ASCII letters in either case; null for all.</summary>
    public string? Operation { get; init; }

    /// <summary>Only those about this; null for all.</summary>
    public string? Target { get; init; }

    /// <summary>Least status; null for any.</summary>
    public int? LeastStatus { get; init; }

    /// <summary>Highest status; null for any.</summary>
    public int? MostStatus { get; init; }

    /// <summary>Only those that made this revision; null for all.</summary>
    public long? Revision { get; init; }

    /// <summary>Only those answered at this time or later; null for all.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Only those answered before this time; null for all.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Only those whose reason has this text in it, ASCII letters in either case; null for all.</summary>
    public string? Text { get; init; }
}
