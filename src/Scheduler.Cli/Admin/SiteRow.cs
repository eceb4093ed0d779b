namespace Scheduler.Cli.Admin;

/// <summary>One site of <c>GET /v1/admin/sites</c>.</summary>
internal sealed record SiteRow(
    string? Id,
    string? Kind,
    string? Region,
    string? Place,
    string? Country,
    string? State,
    double? CapacityBps,
    double? LoadBps,
    double? Utilisation,
    double? Sessions,
    double? PriceMs,
    double? Nodes,
    double? NodesServing,
    double? LastReportMsAgo,
    DrainableRow? Drainable)
{
    /// <summary>Load over capacity, as told or as follows; null when neither is.</summary>
    public double? Used => Utilisation ?? (LoadBps is { } load && CapacityBps is > 0 and { } capacity ? load / capacity : null);
}
