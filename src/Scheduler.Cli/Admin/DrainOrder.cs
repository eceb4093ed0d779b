namespace Scheduler.Cli.Admin;

/// <summary>Body of <c>POST /v1/admin/drains</c>. Only what is given is sent: unknown members are refused there.</summary>
internal sealed record DrainOrder(DrainOrder.TargetBody Target, string Reason, DateTimeOffset ExpiresAt, string? PreviewId, bool? Force)
{
    /// <summary>What to drain: exactly one of the three.</summary>
    internal sealed record TargetBody(string? Site, string? Node, string? Selector);
}
