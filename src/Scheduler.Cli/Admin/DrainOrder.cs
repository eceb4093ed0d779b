namespace Scheduler.Cli.Admin;

/// <summary>Body of <c>POST /v1/admin/drains</c>. Only what is given is sent: unknown members are refused there.</summary>
internal sealed record DrainOrder(DrainOrder.TargetBody Target, string Reason, DateTimeOffset ExpiresAt, string? PreviewId, bool? Force)
{
    /// <summary>When it begins; null for at once.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>Seconds of its ramp; null for at once.</summary>
    public double? RampS { get; init; }

    /// <summary>When the target is to be empty; null when there is no hurry.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>True when the replica shall take it by itself; null otherwise.</summary>
    public bool? Local { get; init; }

    /// <summary>What to drain: exactly one of the three.</summary>
    internal sealed record TargetBody(string? Site, string? Node, string? Selector);
}
