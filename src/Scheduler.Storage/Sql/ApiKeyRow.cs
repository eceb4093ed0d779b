using Scheduler.State.Ports;

namespace Scheduler.Storage.Sql;

/// <summary>A row of <c>api_keys</c>; types and order as the driver gives them.</summary>
internal sealed record ApiKeyRow(
    string Id,
    long Kind,
    string Name,
    string Sites,
    byte[] Hash,
    long CreatedAtUs,
    string CreatedBy,
    long? RevokedAtUs,
    string? RevokedBy,
    string? RequestKey,
    string? RequestHash,
    string? Tenant)
{
    /// <summary>The columns, in the order of the constructor.</summary>
    public const string Columns =
        """
        id AS Id, kind AS Kind, name AS Name, sites AS Sites, hash AS Hash, created_at_us AS CreatedAtUs, created_by AS CreatedBy,
        revoked_at_us AS RevokedAtUs, revoked_by AS RevokedBy, request_key AS RequestKey, request_hash AS RequestHash,
        tenant AS Tenant
        """;

    private const char SiteSeparator = ' ';

    /// <summary>The row of a key.</summary>
    public static ApiKeyRow Of(ApiKey key) => new(
        key.Id,
        (long)key.Kind,
        key.Name,
        string.Join(SiteSeparator, key.Sites),
        key.Hash.ToArray(),
        Timestamps.ToMicroseconds(key.CreatedAt),
        key.CreatedBy,
        key.RevokedAt is { } revoked ? Timestamps.ToMicroseconds(revoked) : null,
        key.RevokedBy,
        key.Request?.Key,
        key.Request?.BodyHash,
        key.Tenant);

    /// <summary>The key of the row.</summary>
    public ApiKey ToKey() => new(
        Id,
        (ApiKeyKind)Kind,
        Name,
        [.. Sites.Split(SiteSeparator, StringSplitOptions.RemoveEmptyEntries)],
        Hash,
        Timestamps.FromMicroseconds(CreatedAtUs),
        CreatedBy,
        RevokedAtUs is { } revoked ? Timestamps.FromMicroseconds(revoked) : null,
        RevokedBy,
        RequestKey is null ? null : new RequestMark(RequestKey, RequestHash!))
    {
        Tenant = Tenant,
    };
}
