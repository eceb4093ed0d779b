namespace Scheduler.Cli.Admin;

/// <summary>One ticket key of a site.</summary>
internal sealed record TicketKeyRow(int? Id, string? Key, bool? Current);
