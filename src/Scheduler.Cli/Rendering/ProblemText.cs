using System.Text;
using System.Text.Json;
using Scheduler.Cli.Admin;
using Scheduler.Client;
using Scheduler.Protocol.V1.Problems;

namespace Scheduler.Cli.Rendering;

/// <summary>A failed call, as people and as programs read it.</summary>
internal static class ProblemText
{
    /// <summary>For people: what happened, each field at fault on its line, and the next step.</summary>
    /// <param name="problem">What happened.</param>
    /// <param name="url">The scheduler that was called.</param>
    /// <param name="hadKey">True when the call carried a key.</param>
    public static string Plain(SchedulerProblem problem, Uri url, bool hadKey)
    {
        string place = url.GetLeftPart(UriPartial.Authority);
        var text = new StringBuilder();
        if (problem.IsUnreachable)
        {
            text.AppendLine($"No scheduler answers at {place}: {Format.Plain(problem.Detail ?? problem.Title)}");
        }
        else
        {
            text.AppendLine($"{Format.Plain(problem.Title)} ({problem.Status})");
            if (problem.Detail is { Length: > 0 } detail && detail != problem.Title) text.AppendLine(Format.Plain(detail));
            foreach (WireProblem error in problem.Errors) text.AppendLine($"  {Format.Plain(error.Field)}: {Format.Plain(error.Reason)}");
        }
        if (NextStep(problem, hadKey) is { } next) text.AppendLine(next);
        return text.ToString();
    }

    /// <summary>For programs: the problem details, on one line.</summary>
    public static string Json(SchedulerProblem problem) => JsonSerializer.Serialize(
        new ProblemRow(problem.Type, problem.Title, problem.Status, problem.Detail, problem.Errors, problem.RetryAfter?.TotalSeconds),
        AdminJson.Readable.ProblemRow) + Environment.NewLine;

    private static string? NextStep(SchedulerProblem problem, bool hadKey) => problem.Status switch
    {
        null => "Start one with `dotnet run -c Release --project src/Scheduler.Server`, or name another with --url or SCHEDULER_URL.",
        401 when !hadKey => "Give a key with --key or SCHEDULER_KEY; the first start of a scheduler leaves one in ./data/admin.key.",
        401 => "The key is unknown here, revoked or mistyped. An admin makes a new one with `scheduler keys create`.",
        403 => "The key may not do this. `scheduler keys list` shows what each key may do.",
        412 => "Somebody else changed it in between; nothing is lost. Look at `scheduler revisions`, then run the command again.",
        503 when problem.RetryAfter is { } wait => $"Try again in {Format.Duration(wait)}.",
        _ => null,
    };
}
