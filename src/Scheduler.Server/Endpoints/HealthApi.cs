using Scheduler.Protocol.Admin;
using Scheduler.Server.Hosting;

namespace Scheduler.Server.Endpoints;

/// <summary><c>/healthz</c>: for those who start, stop and balance.</summary>
internal static class HealthApi
{
    /// <summary>Maps the calls.</summary>
    public static void Map(IEndpointRouteBuilder app, Readiness readiness)
    {
        app.MapGet("/healthz/live", () => Results.Text("live\n")).WithTags("health").WithSummary("200 while the process runs.");
        app.MapGet("/healthz/ready", () =>
        {
            IReadOnlyList<string> waiting = readiness.Waiting();
            return Results.Json(
                new ReadinessMessage(readiness.IsLeaving ? "leaving" : waiting.Count > 0 ? "starting" : readiness.Stale() is { } why ? $"ready (stale): {why}" : "ready", waiting), AdminJson.Wire.ReadinessMessage,
                statusCode: waiting.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        }).WithTags("health").WithSummary("200 when players may be sent here; 503 with what is still missing.").Produces<ReadinessMessage>();
    }
}
