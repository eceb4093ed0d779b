namespace Scheduler.Protocol.V1.Problems;

/// <summary>What is always said of a kind of problem (RFC 9457).</summary>
/// <param name="Slug">Last part of the type URI.</param>
/// <param name="Title">Summary for people, the same each time.</param>
/// <param name="Status">HTTP status.</param>
public sealed record ProblemType(string Slug, string Title, int Status)
{
    /// <summary>The content type of every problem.</summary>
    public const string ContentType = "application/problem+json";

    /// <summary>The type URI: a reference relative to the scheduler's own address.</summary>
    public string Uri => "/problems/" + Slug;

    /// <summary>What is always said of a kind.</summary>
    public static ProblemType Of(ProblemKind kind) => kind switch
    {
        ProblemKind.InvalidRequest => new("invalid-request", "The request is not valid", 400),
        ProblemKind.Unauthorized => new("unauthorized", "A valid key is needed", 401),
        ProblemKind.Forbidden => new("forbidden", "The key does not allow this", 403),
        ProblemKind.NotFound => new("not-found", "There is no such thing", 404),
        ProblemKind.MethodNotAllowed => new("method-not-allowed", "The resource does not know this method", 405),
        ProblemKind.Conflict => new("conflict", "The present state does not allow this", 409),
        ProblemKind.InvalidToken => new("invalid-token", "The token is not one of this scheduler", 401),
        ProblemKind.SessionExpired => new("session-expired", "The session has ended", 410),
        ProblemKind.StaleVersion => new("stale-version", "The resource was changed by someone else", 412),
        ProblemKind.VersionRequired => new("version-required", "If-Match is needed", 428),
        ProblemKind.BodyTooLarge => new("body-too-large", "The body is too large", 413),
        ProblemKind.UnsupportedMediaType => new("unsupported-media-type", "The body has a type that is not taken", 415),
        ProblemKind.IdempotencyKeyReused => new("idempotency-key-reused", "The idempotency key belongs to another request", 422),
        ProblemKind.QuotaExceeded => new("quota-exceeded", "Too many requests", 429),
        ProblemKind.DrainWouldExceedCapacity => new("drain-would-exceed-capacity", "A guard refuses the drain", 409),
        ProblemKind.NoCapacity => new("no-capacity", "No node can serve", 503),
        ProblemKind.NotReady => new("not-ready", "The scheduler is not ready", 503),
        ProblemKind.InternalError => new("internal-error", "The scheduler failed", 500),
        ProblemKind.InvalidFields => new("invalid-fields", "Fields are at fault", 422),
        ProblemKind.StoreUnavailable => new("store-unavailable", "The store cannot be reached", 503),
        ProblemKind.CertificateRequired => new("certificate-required", "A client certificate is needed", 403),
        ProblemKind.Overloaded => new("overloaded", "The scheduler is overloaded", 503),
        ProblemKind.UnavailableForLegalReasons => new("unavailable-for-legal-reasons", "No node may serve this viewer", 451),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
