namespace Scheduler.Cli.Admin;

/// <summary>One API key; <see cref="Key"/>, the secret, is there only in the answer that made it.</summary>
internal sealed record KeyRow(
    string? Id,
    string? Kind,
    string? Name,
    IReadOnlyList<string>? Sites,
    DateTimeOffset? CreatedAt,
    string? CreatedBy,
    DateTimeOffset? RevokedAt,
    string? Key,
    string? Tenant);
