using Scheduler.Protocol.Admin;

namespace Scheduler.Server.Endpoints.Admin;

/// <summary>Why a change is made: kept with its revision.</summary>
internal static class ChangeReason
{
    /// <summary>Most characters of a reason.</summary>
    public const int MostLength = 500;

    /// <summary>Reads <c>?reason=</c>, for calls whose body has no place for it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="otherwise">The reason when none is given.</param>
    /// <param name="reason">The reason, trimmed.</param>
    /// <returns>The answer, when what was given is none; else null.</returns>
    public static IResult? ReadQuery(HttpRequest request, string otherwise, out string reason)
    {
        reason = request.Query["reason"] is [{ } text, ..] ? text.Trim() : otherwise;
        return reason.Length is > 0 and <= MostLength && !reason.Any(char.IsControl)
            ? null
            : Problem.InvalidFields([new ProblemFieldMessage("reason", $"must be a text of 1 to {MostLength} characters without control characters")]);
    }
}
