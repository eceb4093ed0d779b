using System.Collections.Immutable;

namespace Scheduler.Protocol.Admin;

/// <summary>A key, without its secret but where it was just made.</summary>
/// <param name="Id">Unique for ever; part of the key.</param>
/// <param name="Kind">As in <see cref="KeyRequestMessage"/>.</param>
/// <param name="Name">For people.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="CreatedBy">Name of the key that made it, or <c>scheduler</c>.</param>
/// <param name="Sites">Ids of the sites that a reporter speaks for; absent for every other kind.</param>
/// <param name="RevokedAt">When it was revoked; absent while it holds.</param>
/// <param name="RevokedBy">Name of the key that revoked it; absent while it holds.</param>
/// <param name="Key">The whole key; only in the first answer to the request that made it, and nowhere stored.</param>
/// <param name="Tenant">The tenant whose streams its bearer asks for; absent for none.</param>
public sealed record KeyMessage(
    string Id,
    string Kind,
    string Name,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    ImmutableArray<string>? Sites = null,
    DateTimeOffset? RevokedAt = null,
    string? RevokedBy = null,
    string? Key = null,
    string? Tenant = null)
{
    /// <summary>Without the secret: it is never logged.</summary>
    public override string ToString() => $"KeyMessage {Id}";
}
