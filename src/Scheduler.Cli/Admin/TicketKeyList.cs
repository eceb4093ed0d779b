namespace Scheduler.Cli.Admin;

/// <summary><c>GET /v1/admin/sites/{id}/ticket-keys</c>.</summary>
internal sealed record TicketKeyList(string? Site, int? Number, IReadOnlyList<TicketKeyRow>? Keys);
