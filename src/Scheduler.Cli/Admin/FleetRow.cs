namespace Scheduler.Cli.Admin;

/// <summary>What the load generator needs of <c>GET /v1/admin/fleet</c>.</summary>
internal sealed record FleetRow(IReadOnlyList<FleetRow.SiteEntry>? Sites)
{
    /// <summary>A site.</summary>
    internal sealed record SiteEntry(string? Id, IReadOnlyList<NodeEntry>? Nodes);

    /// <summary>A node.</summary>
    internal sealed record NodeEntry(string? Id, System.Text.Json.JsonElement? CapacityBps);
}
