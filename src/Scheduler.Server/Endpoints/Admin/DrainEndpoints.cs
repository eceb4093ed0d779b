using System.Collections.Immutable;
using System.Text.Json;
using Scheduler.Core.Drains;
using Scheduler.Core.Topology;
using Scheduler.Protocol.Admin;
using Scheduler.Server.Auditing;
using Scheduler.Server.Security;
using Scheduler.State;
using Scheduler.State.Drains;
using Scheduler.State.Ports;

namespace Scheduler.Server.Endpoints.Admin;

/// <summary><c>/v1/admin/drains</c>.</summary>
internal sealed class DrainEndpoints(
    ConfigurationCentre centre, ConfigurationInForce inForce, DrainLoop drains, DrainJudge judge, LocalDrains local, PreviewBook previews, TimeProvider clock,
    ILogger<DrainEndpoints> log)
{

    /// <summary>Maps the calls below the admin API's root.</summary>
    public void Map(IEndpointRouteBuilder admin)
    {
        admin.MapGet("/drains", List).RequireRole(AdminRole.Viewer)
            .WithSummary("The drains that hold and how far they have come, the oldest first.").Produces<DrainListMessage>().Refuses(StatusCodes.Status400BadRequest);
        admin.MapGet("/drains/{id}", Get).RequireRole(AdminRole.Viewer)
            .WithSummary("One drain and how far it has come.").Produces<DrainMessage>().Refuses(StatusCodes.Status404NotFound);
        admin.MapPost("/drains", CreateAsync).RequireRole(AdminRole.Operator).MayRunDry()
            .WithSummary("Takes a site, a node or all that match a selector out of service, at once or by a ramp, until the drain expires or is deleted.")
            .Takes<DrainRequestMessage>()
            .Produces<DrainMessage>(StatusCodes.Status201Created)
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status409Conflict, StatusCodes.Status422UnprocessableEntity);
        admin.MapDelete("/drains/{id}", DeleteAsync).RequireRole(AdminRole.Operator).MayRunDry()
            .WithSummary("Ends a drain: the undo. ?reason= says why.")
            .Produces<DrainMessage>()
            .Refuses(StatusCodes.Status404NotFound, StatusCodes.Status412PreconditionFailed, StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>Answers the call; the console asks it too.</summary>
    internal IResult List(HttpContext context)
    {
        if (Page.Read(context.Request, out IResult? problem) is not { } page) return problem!;
        Configuration present = inForce.Current;
        DateTimeOffset now = clock.GetUtcNow();
        List<Drain> held = [.. present.Drains.Where(drain => !(DrainIds.NumberOf(drain.Id) <= page.After)).OrderBy(drain => DrainIds.NumberOf(drain.Id)).Take(page.Limit + 1)];
        string? next = held.Count > page.Limit ? Page.Cursor(DrainIds.NumberOf(held[page.Limit - 1].Id)) : null;
        context.Response.SetRevision(present.Revision);
        ImmutableArray<DrainMessage> messages = [.. held.Take(page.Limit).Select(drain => Live(drain, present.Fleet, now))];
        return Results.Json(new DrainListMessage(messages, present.Revision, next), AdminJson.Wire.DrainListMessage);
    }

    /// <summary>Answers the call; the console asks it too.</summary>
    internal IResult Get(HttpContext context, string id)
    {
        Configuration present = inForce.Current;
        if (present.Drains.FirstOrDefault(drain => drain.Id == id) is not { } found) return Problem.NotFound(Absent(id));
        context.Response.SetRevision(present.Revision);
        return Results.Json(Live(found, present.Fleet, clock.GetUtcNow()), AdminJson.Wire.DrainMessage);
    }

    /// <summary>Answers the call; the console asks it too.</summary>
    internal async Task<IResult> CreateAsync(HttpContext context, CancellationToken cancellation)
    {
        BodyReading body = await RequestBody.ReadFieldsAsync(context);
        if (!body.Succeeded(out BodyFields? fields, out IResult? problem)) return problem;
        if (!RequestMarks.TryRead(context, "drains", fields.Bytes.Span, out RequestMark? mark, out problem)) return problem!;
        DateTimeOffset now = clock.GetUtcNow();

        if (fields.Find("local") is { ValueKind: JsonValueKind.True }) return local.Start(context, fields, mark, now);

        // A repeated request is answered as the first one was, even if it could not be made anew: its target may have left, its expiry passed.
        if (mark is not null && await centre.FindAsync(mark, cancellation) is { } earlier) return await ReplayAsync(context, earlier, cancellation);
        DrainRequest? request = DrainRequest.Read(fields, centre.Current.Fleet, now, previews, out problem);
        if (request is null) return problem!;
        if (context.Features.Get<AuditNote>() is { } note) note.Target = request.Target.Value;

        string author = context.GetCaller().Name;
        IResult? refused = null;
        ChangeResult result = await centre.ChangeAsync(
            present => local.Conflict(request.Target, now) ?? judge.Start(present, request, DrainIds.Of(present.Revision + 1), author, now, out refused), context.Order(request.Reason, null, mark), cancellation);
        if (result is ChangeResult.Refused && refused is not null) return refused;
        if (result is ChangeResult.Replayed replayed) return await ReplayAsync(context, replayed.Revision, cancellation);
        if (result is not ChangeResult.Committed { Configuration: var configuration }) return ChangeAnswers.NotChanged(result);

        log.Changed(configuration.Revision, WireNames.Of(RevisionKind.Drain), author, request.Reason);
        return Created(context, configuration.Revision, configuration.Fleet, configuration.Drains, now);
    }

    /// <summary>Answers the call; the console asks it too.</summary>
    internal async Task<IResult> DeleteAsync(HttpContext context, string id, CancellationToken cancellation)
    {
        if (ChangeAnswers.ReadCondition(context, centre.Current.Revision, out long? expected) is { } stale) return stale;
        if (ChangeReason.ReadQuery(context.Request, $"drain {id} ended", out string reason) is { } fault) return fault;

        string author = context.GetCaller().Name;
        DrainProgress? reached = drains.Find(id);
        if (local.TryEnd(context, id, reason, author, out Drain? undone)) return Ended(undone, inForce.Current, reached, revision: null);

        Drain? ended = null;
        ChangeResult result = await centre.ChangeAsync(
            present =>
            {
                ended = present.Drains.FirstOrDefault(drain => drain.Id == id);
                return ended is null
                    ? new ConfigurationEdit.Refuse(new ConfigurationRefusal(ConfigurationRefusalKind.NotFound, Absent(id), []))
                    : new ConfigurationEdit.Replace(RevisionKind.Undrain, Drains: present.Drains.Remove(ended));
            },
            context.Order(reason, expected),
            cancellation);
        if (result is not ChangeResult.Committed { Configuration: var configuration }) return ChangeAnswers.NotChanged(result);

        log.Changed(configuration.Revision, WireNames.Of(RevisionKind.Undrain), author, reason);
        context.Response.SetRevision(configuration.Revision);
        return Ended(ended!, configuration, reached, configuration.Revision);
    }

    private IResult Ended(Drain ended, Configuration present, DrainProgress? reached, long? revision)
    {
        DateTimeOffset now = clock.GetUtcNow();
        DrainMessage message = DrainMessages.Of(ended, present.Fleet, now, revision).With(reached, now) with
        {
            State = "ended",
            Phase = DrainMessages.Name(DrainPhase.Cancelled),
            Paused = null,
            Receivers = null,
            Eta = null,
        };
        return Results.Json(message, AdminJson.Wire.DrainMessage);
    }

    private async Task<IResult> ReplayAsync(HttpContext context, Revision revision, CancellationToken cancellation)
    {
        RevisionContent content = (await centre.ReadAsync(revision.Number, cancellation))!;
        return Created(context, revision.Number, content.Fleet, content.Drains, revision.At);
    }

    private IResult Created(HttpContext context, long revision, Fleet fleet, ImmutableArray<Drain> held, DateTimeOffset at)
    {
        Drain drain = held[^1]; // a revision starts at most one, and adds it at the end
        context.Response.SetRevision(revision);
        context.Response.Headers.Location = $"{AdminApi.Root}/drains/{drain.Id}";
        return Results.Json(
            DrainMessages.Of(drain, fleet, at, revision), AdminJson.Wire.DrainMessage, statusCode: StatusCodes.Status201Created);
    }

    private DrainMessage Live(Drain drain, Fleet fleet, DateTimeOffset now) =>
        DrainMessages.Of(drain, fleet, now).With(drains.Find(drain.Id), now) with { Local = local.Holds(drain.Id) ? true : null };

    private static string Absent(string id) => $"No drain '{id}' holds: it was never made, has expired, or was deleted. GET {AdminApi.Root}/revisions tells.";
}
