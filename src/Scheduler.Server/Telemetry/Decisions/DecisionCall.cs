using System.Globalization;
using Scheduler.Protocol.Admin;
using Scheduler.Server.Endpoints.Admin;

namespace Scheduler.Server.Telemetry.Decisions;

/// <summary><c>GET /v1/admin/explain?session=</c>: why a session was sent where it was sent, from the log of this replica.</summary>
internal sealed class DecisionCall(DecisionReader? log = null)
{
    /// <summary>Answers it.</summary>
    /// <param name="session">The session, as its answer named it.</param>
    /// <param name="cancellation">The caller has gone.</param>
    public async Task<IResult> AnswerAsync(string session, CancellationToken cancellation)
    {
        if (!ulong.TryParse(session, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong identity))
            return Problem.MalformedRequest("A query parameter is at fault.", [new ProblemFieldMessage("session", "is not the name of a session: up to 16 hexadecimal digits")]);
        if (log is null) return Problem.NotFound("This replica keeps no decision log: start it with --sample, say 0.01, to keep the decisions on one session of a hundred.");
        string name = DecisionWriter.NameOf(identity);
        List<LoggedDecisionMessage> found = await log.FindAsync(name, cancellation);
        if (found.Count > 0) return Results.Json(new LoggedDecisionListMessage(name, found), AdminJson.Wire.LoggedDecisionListMessage);
        string share = log.Sample.ToString("0.####%", CultureInfo.InvariantCulture);
        return Problem.NotFound($"The decision log of this replica has nothing of session '{name}': it keeps {share} of the sessions, for as long as they fit, and those of other replicas are with them.");
    }
}
