using System.Collections.Immutable;
using System.Globalization;
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
    ConfigurationCentre centre, DrainLoop drains, DrainDesk desk, PreviewBook previews, TimeProvider clock, ILogger<DrainEndpoints> log)
{
    private const string IdPrefix = "d-";

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

    private IResult List(HttpContext context)
    {
        if (Page.Read(context.Request, out IResult? problem) is not { } page) return problem!;
        Configuration present = centre.Current;
        DateTimeOffset now = clock.GetUtcNow();
        List<Drain> held = [.. present.Drains.Where(drain => !(NumberOf(drain.Id) <= page.After)).Take(page.Limit + 1)];
        string? next = held.Count > page.Limit ? Page.Cursor(NumberOf(held[page.Limit - 1].Id)) : null;
        context.Response.SetRevision(present.Revision);
        ImmutableArray<DrainMessage> messages = [.. held.Take(page.Limit).Select(drain => Live(drain, present.Fleet, now))];
        return Results.Json(new DrainListMessage(messages, present.Revision, next), AdminJson.Wire.DrainListMessage);
    }

    private IResult Get(HttpContext context, string id)
    {
        Configuration present = centre.Current;
        if (present.Drains.FirstOrDefault(drain => drain.Id == id) is not { } found) return Problem.NotFound(Absent(id));
        context.Response.SetRevision(present.Revision);
        return Results.Json(Live(found, present.Fleet, clock.GetUtcNow()), AdminJson.Wire.DrainMessage);
    }

    private async Task<IResult> CreateAsync(HttpContext context, CancellationToken cancellation)
    {
        BodyReading body = await RequestBody.ReadFieldsAsync(context);
        if (!body.Succeeded(out BodyFields? fields, out IResult? problem)) return problem;
        if (!RequestMarks.TryRead(context, "drains", fields.Bytes.Span, out RequestMark? mark, out problem)) return problem!;
        DateTimeOffset now = clock.GetUtcNow();

        // A repeated request is answered as the first one was, even if it could not be made anew: its target may have left, its expiry passed.
        if (mark is not null && await centre.FindAsync(mark, cancellation) is { } earlier) return await ReplayAsync(context, earlier, cancellation);
        DrainRequest? request = DrainRequest.Read(fields, centre.Current.Fleet, now, previews, out problem);
        if (request is null) return problem!;
        if (context.Features.Get<AuditNote>() is { } note) note.Target = request.Target.Value;

        string author = context.GetCaller().Name;
        IResult? refused = null;
        ChangeResult result = await centre.ChangeAsync(
            present => Start(present, request, author, now, out refused), context.Order(request.Reason, null, mark), cancellation);
        if (result is ChangeResult.Refused && refused is not null) return refused;
        if (result is ChangeResult.Replayed replayed) return await ReplayAsync(context, replayed.Revision, cancellation);
        if (result is not ChangeResult.Committed { Configuration: var configuration }) return ChangeAnswers.NotChanged(result);

        log.Changed(configuration.Revision, WireNames.Of(RevisionKind.Drain), author, request.Reason);
        return Created(context, configuration.Revision, configuration.Fleet, configuration.Drains, now);
    }

    private async Task<IResult> DeleteAsync(HttpContext context, string id, CancellationToken cancellation)
    {
        if (ChangeAnswers.ReadCondition(context, centre.Current.Revision, out long? expected) is { } stale) return stale;
        if (ChangeReason.ReadQuery(context.Request, $"drain {id} ended", out string reason) is { } fault) return fault;

        string author = context.GetCaller().Name;
        Drain? ended = null;
        DrainProgress? reached = drains.Find(id);
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
        DateTimeOffset now = clock.GetUtcNow();
        DrainMessage message = DrainMessages.Of(ended!, configuration.Fleet, now, configuration.Revision).With(reached, now) with
        {
            State = "ended",
            Phase = DrainMessages.Name(DrainPhase.Cancelled),
            Paused = null,
            Receivers = null,
            Eta = null,
        };
        return Results.Json(message, AdminJson.Wire.DrainMessage);
    }

    private ConfigurationEdit Start(Configuration present, DrainRequest request, string author, DateTimeOffset now, out IResult? refused)
    {
        refused = null;
        if (DrainTargets.FindFault(present.Fleet, request.Target) is { } fault)
        {
            return new ConfigurationEdit.Refuse(ConfigurationRefusal.Of(ConfigurationRefusalKind.Invalid, "target", fault));
        }

        if (present.Drains.FirstOrDefault(drain => drain.Target == request.Target && drain.HoldsAt(now)) is { } existing)
        {
            return new ConfigurationEdit.Refuse(ConfigurationRefusal.Of(
                ConfigurationRefusalKind.Conflict, "target", $"drain {existing.Id} holds for the same target", existing.Id));
        }

        // A revision starts at most one drain, so its number makes an id that is unique for ever.
        var drain = new Drain(IdOf(present.Revision + 1), request.Target, request.Reason, author, now, request.ExpiresAt)
        {
            StartsAt = request.StartsAt ?? now,
            Ramp = request.Ramp,
            Deadline = request.Deadline,
        };
        ImmutableArray<Drain> after = present.Drains.Add(drain);
        if (ServingGuard.Refusal(present with { Drains = after }, "target", request.Force, now) is { } refusal) return refusal;

        // Solved here, upon the configuration that the change builds on, and no earlier: what was previewed may have come true for another drain.
        DrainVerdict verdict = desk.Judge(present, request.Target, drain.StartsAt, request.ExpiresAt);
        if (Refusal(request, verdict) is { } why)
        {
            DrainPreviewMessage? preview = verdict.Outlook is { } outlook ? DrainPreviews.Of(outlook, request.Target, request.ExpiresAt, id: null) : null;
            refused = Problem.DrainRefused(why, verdict.Refusals, preview);
            return new ConfigurationEdit.Refuse(new ConfigurationRefusal(ConfigurationRefusalKind.Conflict, why, []));
        }
        string? note = verdict.Refusals.IsEmpty ? null : $"forced past {verdict.Guards}: {verdict.Words}";
        return new ConfigurationEdit.Replace(RevisionKind.Drain, Drains: after, Note: note);
    }

    /// <summary>Why a verdict keeps a drain from being made, as a sentence; null when it does not.</summary>
    private static string? Refusal(DrainRequest request, DrainVerdict verdict) =>
        request.Shown?.IsWorse(verdict) == true ? $"It is worse than preview {request.Shown.Id} showed: {verdict.Words}. Nothing was changed; look at the numbers, then ask again."
        : verdict.Refusals.IsEmpty || request.Force ? null
        : $"{char.ToUpperInvariant(verdict.Words[0])}{verdict.Words[1..]}. Send \"force\": true to drain all the same; the revision will tell.";

    private async Task<IResult> ReplayAsync(HttpContext context, Revision revision, CancellationToken cancellation)
    {
        RevisionContent content = (await centre.ReadAsync(revision.Number, cancellation))!;
        return Created(context, revision.Number, content.Fleet, content.Drains, revision.At);
    }

    private IResult Created(HttpContext context, long revision, Fleet fleet, ImmutableArray<Drain> held, DateTimeOffset at)
    {
        Drain drain = held.First(other => other.Id == IdOf(revision));
        context.Response.SetRevision(revision);
        context.Response.Headers.Location = $"{AdminApi.Root}/drains/{drain.Id}";
        return Results.Json(
            DrainMessages.Of(drain, fleet, at, revision), AdminJson.Wire.DrainMessage, statusCode: StatusCodes.Status201Created);
    }

    private DrainMessage Live(Drain drain, Fleet fleet, DateTimeOffset now) => DrainMessages.Of(drain, fleet, now).With(drains.Find(drain.Id), now);

    private static string IdOf(long revision) => IdPrefix + revision.ToString(CultureInfo.InvariantCulture);

    private static long NumberOf(string id) => long.Parse(id.AsSpan(IdPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture);

    private static string Absent(string id) => $"No drain '{id}' holds: it was never made, has expired, or was deleted. GET {AdminApi.Root}/revisions tells.";
}
