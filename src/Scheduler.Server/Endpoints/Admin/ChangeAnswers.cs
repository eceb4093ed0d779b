using Scheduler.Server.Auditing;
using Scheduler.State;

namespace Scheduler.Server.Endpoints.Admin;

/// <summary>Answers that all changes of the configuration share.</summary>
internal static class ChangeAnswers
{
    /// <summary>The answer to a change that was not made.</summary>
    /// <exception cref="ArgumentException">The change was made.</exception>
    public static IResult NotChanged(ChangeResult result) => result switch
    {
        ChangeResult.Foreseen foreseen => new DryRunResult(foreseen),
        ChangeResult.Lost lost => Problem.StaleRevision(lost.Newest.Revision),
        ChangeResult.Refused refused => Problem.Refused(refused.Refusal),
        _ => throw new ArgumentException("The change was made.", nameof(result)),
    };

    /// <summary>Names the revision that the answer is about.</summary>
    public static void SetRevision(this HttpResponse response, long revision)
    {
        response.Headers.ETag = EntityTags.Of(revision).ToString();
        if (response.HttpContext.Features.Get<AuditNote>() is { } note) note.Revision = revision;
    }

    /// <summary>Reads an If-Match that may be absent.</summary>
    /// <param name="context">The request.</param>
    /// <param name="newest">The newest revision that is known here.</param>
    /// <param name="expected">The revision that the change must build upon; null when any will do.</param>
    /// <returns>The answer, when no change can be made; else null.</returns>
    public static IResult? ReadCondition(HttpContext context, long newest, out long? expected)
    {
        IfMatch condition = EntityTags.ReadIfMatch(context.Request);
        expected = null;
        if (condition.Form == IfMatchForm.Malformed) return Problem.MalformedRequest("If-Match must be an ETag, such as \"17\" with its quotes.");
        return condition.TryChoose(newest, out expected) ? null : Problem.StaleRevision(newest);
    }
}
