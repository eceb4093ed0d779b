using System.Collections.Immutable;
using Scheduler.Protocol.Admin;
using Scheduler.State;

namespace Scheduler.Server.Endpoints.Admin;

/// <summary>The errors of the admin API, as problem details. Each kind has a stable type, listed here only.</summary>
internal static class Problem
{
    /// <summary>Media type of every error.</summary>
    public const string ContentType = "application/problem+json";

    public static IResult MalformedRequest(string detail, params ImmutableArray<ProblemFieldMessage> errors)
        => Of(StatusCodes.Status400BadRequest, "malformed-request", "The request cannot be read", detail, errors);

    public static IResult Unauthenticated(string detail)
        => Of(StatusCodes.Status401Unauthorized, "unauthenticated", "The caller is not known", detail);

    public static IResult Forbidden(string detail) => Of(StatusCodes.Status403Forbidden, "forbidden", "The caller may not do this", detail);

    public static IResult NotFound(string detail) => Of(StatusCodes.Status404NotFound, "not-found", "There is no such thing", detail);

    public static IResult StaleRevision(long newest) => Json(new ProblemMessage(
        TypeOf("stale-revision"),
        "Another change was first",
        StatusCodes.Status412PreconditionFailed,
        $"If-Match names another revision than the newest, {newest}. Nothing was changed: read again, then send the change upon what you read.",
        Revision: newest));

    public static IResult TooLarge(long limit)
        => Of(StatusCodes.Status413PayloadTooLarge, "body-too-large", "The body is too large", $"The body may have at most {limit} bytes.");

    public static IResult UnsupportedMediaType(string detail)
        => Of(StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type", "The body's media type is not known here", detail);

    public static IResult PreconditionRequired() => Of(
        StatusCodes.Status428PreconditionRequired,
        "precondition-required",
        "If-Match is required",
        "Send If-Match with the ETag of the fleet that the change is based on, so that no one's change is lost.");

    public static IResult InvalidFields(ImmutableArray<ProblemFieldMessage> errors) => Of(
        StatusCodes.Status422UnprocessableEntity,
        "invalid-fields",
        "Fields are at fault",
        errors.Length == 1 ? "One field is at fault; nothing was changed." : $"{errors.Length} fields are at fault; nothing was changed.",
        errors);

    public static IResult BrokenRequest(int status, string detail) => Of(status, "malformed-request", "The request cannot be read", detail);

    public static IResult StoreUnavailable() => Of(
        StatusCodes.Status503ServiceUnavailable,
        "store-unavailable",
        "The store cannot be reached",
        "Viewers are served as before. Whether the change was made is open: repeat it with the same Idempotency-Key, or read before you send it again.");

    /// <summary>The error for a refused change.</summary>
    public static IResult Refused(ConfigurationRefusal refusal)
    {
        ImmutableArray<ProblemFieldMessage> errors = [.. refusal.Problems.Select(problem => new ProblemFieldMessage(problem.Field, problem.Reason))];
        return refusal.Kind switch
        {
            ConfigurationRefusalKind.NotFound => NotFound(Sentence(refusal.Detail)),
            ConfigurationRefusalKind.Conflict => Conflict(refusal.Detail, errors, refusal.Existing),
            ConfigurationRefusalKind.RequestKeyReused => RequestKeyReused(refusal.Detail),
            _ => InvalidFields(errors),
        };
    }

    public static IResult Conflict(string detail, ImmutableArray<ProblemFieldMessage> errors, string? existing) => Json(new ProblemMessage(
        TypeOf("conflict"), "The present state does not allow it", StatusCodes.Status409Conflict, Sentence(detail), NullIfEmpty(errors), existing));

    public static IResult RequestKeyReused(string reason) => Of(
        StatusCodes.Status422UnprocessableEntity,
        "idempotency-key-reused",
        "The Idempotency-Key belongs to another request",
        Sentence(reason),
        [new ProblemFieldMessage(RequestMarks.Header, reason)]);

    private static IResult Of(int status, string slug, string title, string detail, ImmutableArray<ProblemFieldMessage> errors = default)
        => Json(new ProblemMessage(TypeOf(slug), title, status, detail, NullIfEmpty(errors)));

    private static IResult Json(ProblemMessage problem) => Results.Json(problem, AdminJson.Wire.ProblemMessage, ContentType, problem.Status);

    private static string TypeOf(string slug) => $"/problems/{slug}";

    private static string Sentence(string reason) => reason.Length == 0 || reason[^1] == '.' ? reason : $"{char.ToUpperInvariant(reason[0])}{reason[1..]}.";

    private static ImmutableArray<ProblemFieldMessage>? NullIfEmpty(ImmutableArray<ProblemFieldMessage> errors) => errors.IsDefaultOrEmpty ? null : errors;
}
