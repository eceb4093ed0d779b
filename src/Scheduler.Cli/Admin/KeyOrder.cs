namespace Scheduler.Cli.Admin;

/// <summary>Body of <c>POST /v1/admin/keys</c>.</summary>
internal sealed record KeyOrder(string Kind, string Name, IReadOnlyList<string>? Sites, string? Tenant);
