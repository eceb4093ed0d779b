using Scheduler.Core.Drains;
using Scheduler.Protocol.Admin;
using Scheduler.Server.Security;
using Scheduler.State;

namespace Scheduler.Server.Endpoints.Admin;

/// <summary><c>POST /v1/admin/drains:preview</c>.</summary>
internal sealed class DrainPreviewEndpoint(ConfigurationCentre centre, DrainDesk desk, PreviewBook book, TimeProvider clock) : IDisposable
{
    /// <summary>One is solved at a time, and the others wait without a thread: many at once would take the pool from viewers.</summary>
    private readonly SemaphoreSlim _turn = new(1, 1);

    private const string RetryAfterS = "2";

    /// <summary>Maps the call below the admin API's root.</summary>
    public void Map(IEndpointRouteBuilder admin) => admin.MapPost("/drains:preview", PreviewAsync).RequireRole(AdminRole.Viewer)
        .WithSummary("What a drain would do, by the plan, now and at the busiest moment until its end, and what the guards say of it. Changes nothing.")
        .Takes<DrainPreviewRequestMessage>()
        .Produces<DrainPreviewMessage>()
        .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status422UnprocessableEntity, StatusCodes.Status503ServiceUnavailable);

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    /// <summary>Answers the call; the console asks it too.</summary>
    internal async Task<IResult> PreviewAsync(HttpContext context, CancellationToken cancellation)
    {
        BodyReading body = await RequestBody.ReadFieldsAsync(context);
        if (!body.Succeeded(out BodyFields? fields, out IResult? problem)) return problem;
        Configuration present = centre.Current;
        DrainPreviewRequest? request = DrainPreviewRequest.Read(fields, present.Fleet, clock.GetUtcNow(), out problem);
        if (request is null) return problem!;

        DrainTarget target = request.Target;
        DrainVerdict verdict;
        await _turn.WaitAsync(cancellation);
        try
        {
            verdict = desk.Judge(present, target, request.From, request.Until);
        }
        finally
        {
            _turn.Release();
        }

        if (verdict.Outlook is not { } outlook)
        {
            context.Response.Headers.RetryAfter = RetryAfterS;
            return Problem.NotReady("There is no plan to preview by: none was made yet, or the last one is stale. GET /v1/admin/plan tells.");
        }
        context.Response.SetRevision(present.Revision);
        return Results.Json(DrainPreviews.Of(outlook, target, request.Until, book.Add(target, verdict)), AdminJson.Wire.DrainPreviewMessage);
    }
}
