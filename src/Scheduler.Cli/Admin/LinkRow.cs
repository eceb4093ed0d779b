namespace Scheduler.Cli.Admin;

/// <summary>A link of <c>GET /v1/admin/links</c>.</summary>
internal sealed record LinkRow(
    string? Site, string? Idc, string? Kind, double? CapacityBps, double? LoadBps, double? Utilisation, double? TariffMs, double? PriceMs, double? RttMs);
