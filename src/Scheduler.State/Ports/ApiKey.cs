using System.Collections.Immutable;

namespace Scheduler.State.Ports;

/// <summary>A key as it is stored: all about it but the secret.</summary>
/// <param name="Id">Unique for ever; 10 letters and digits, part of the key itself.</param>
/// <param name="Kind">What its bearer may do.</param>
/// <param name="Name">For people; the author of what its bearer changes. 1 to 64 characters, unique among the keys that are not revoked.</param>
/// <param name="Sites">Ids of the sites that a reporter speaks for; empty for every other kind.</param>
/// <param name="Hash">SHA-256 of the whole key, 32 bytes. A key has over 190 random bits, so that no slow hash is needed.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="CreatedBy">Name of the key that made it, or <c>scheduler</c>.</param>
/// <param name="RevokedAt">When it was revoked; null while it holds.</param>
/// <param name="RevokedBy">Name of the key that revoked it; null while it holds.</param>
/// <param name="Request">The repeatable request that made it; null when it was none.</param>
public sealed record ApiKey(
    string Id,
    ApiKeyKind Kind,
    string Name,
    ImmutableArray<string> Sites,
    ReadOnlyMemory<byte> Hash,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    DateTimeOffset? RevokedAt,
    string? RevokedBy,
    RequestMark? Request)
{
    /// <summary>The tenant whose streams its bearer asks for; <c>[a-z0-9-]</c>, 1 to 32 characters. Null for none; only players and backends have one.</summary>
    public string? Tenant { get; init; }
}
