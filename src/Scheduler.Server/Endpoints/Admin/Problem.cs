using System.Collections.Immutable;
using Scheduler.Core.Drains;
using Scheduler.Protocol.Admin;
using Scheduler.Protocol.V1.Problems;
using Scheduler.State;

namespace Scheduler.Server.Endpoints.Admin;

/// <summary>The errors of the admin API, as problem details of the kinds that <see cref="ProblemType"/> lists.</summary>
internal static class Problem
{
    /// <summary>Media type of every error.</summary>
    public const string ContentType = ProblemType.ContentType;

    public static IResult MalformedRequest(string detail, params ImmutableArray<ProblemFieldMessage> errors)
        => Of(ProblemKind.InvalidRequest, detail, errors);

    public static IResult Unauthenticated(string detail)
        => Of(ProblemKind.Unauthorized, detail);

    public static IResult Forbidden(string detail) => Of(ProblemKind.Forbidden, detail);

    public static IResult NotFound(string detail) => Of(ProblemKind.NotFound, detail);

    public static IResult StaleRevision(long newest) => Json(Message(
        ProblemKind.StaleVersion,
        $"If-Match names another revision than the newest, {newest}. Nothing was changed: read again, then send the change upon what you read.") with
    {
        Revision = newest,
    });

    public static IResult TooLarge(long limit)
        => Of(ProblemKind.BodyTooLarge, $"The body may have at most {limit} bytes.");

    public static IResult UnsupportedMediaType(string detail)
        => Of(ProblemKind.UnsupportedMediaType, detail);

    public static IResult PreconditionRequired() => Of(
        ProblemKind.VersionRequired,
        "Send If-Match with the ETag of what the change is based on, so that no one's change is lost.");

    public static IResult InvalidFields(ImmutableArray<ProblemFieldMessage> errors) => Of(
        ProblemKind.InvalidFields,
        errors.Length == 1 ? "One field is at fault; nothing was changed." : $"{errors.Length} fields are at fault; nothing was changed.",
        errors);

    public static IResult BrokenRequest(int status, string detail) => Json(Message(ProblemKind.InvalidRequest, detail) with { Status = status });

    public static IResult Overloaded(string detail) => Of(ProblemKind.Overloaded, detail);

    public static IResult QuotaExceeded(string detail) => Of(ProblemKind.QuotaExceeded, detail);

    public static IResult NotReady(string detail) => Of(ProblemKind.NotReady, detail);

    public static IResult StoreUnavailable() => Of(
        ProblemKind.StoreUnavailable,
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

    public static IResult Conflict(string detail, ImmutableArray<ProblemFieldMessage> errors, string? existing) => Json(
        Message(ProblemKind.Conflict, Sentence(detail), errors) with { Existing = existing });

    /// <summary>The error for a drain that guards refuse.</summary>
    /// <param name="detail">Why, and what the operator can do.</param>
    /// <param name="refusals">What each guard says.</param>
    /// <param name="preview">What the drain would do; null where nothing can tell.</param>
    public static IResult DrainRefused(string detail, ImmutableArray<DrainRefusal> refusals, DrainPreviewMessage? preview) => Json(
        Message(ProblemKind.DrainWouldExceedCapacity, detail, [.. refusals.Select(refusal => new ProblemFieldMessage("target", refusal.Detail))]) with { Preview = preview });

    public static IResult RequestKeyReused(string reason) => Of(
        ProblemKind.IdempotencyKeyReused,
        Sentence(reason),
        [new ProblemFieldMessage(RequestMarks.Header, reason)]);

    private static IResult Of(ProblemKind kind, string detail, ImmutableArray<ProblemFieldMessage> errors = default) => Json(Message(kind, detail, errors));

    private static ProblemMessage Message(ProblemKind kind, string detail, ImmutableArray<ProblemFieldMessage> errors = default)
    {
        ProblemType type = ProblemType.Of(kind);
        return new ProblemMessage(type.Uri, type.Title, type.Status, detail, NullIfEmpty(errors));
    }

    private static IResult Json(ProblemMessage problem) => Results.Json(problem, AdminJson.Wire.ProblemMessage, ContentType, problem.Status);

    private static string Sentence(string reason) => reason.Length == 0 || reason[^1] == '.' ? reason : $"{char.ToUpperInvariant(reason[0])}{reason[1..]}.";

    private static ImmutableArray<ProblemFieldMessage>? NullIfEmpty(ImmutableArray<ProblemFieldMessage> errors) => errors.IsDefaultOrEmpty ? null : errors;
}
