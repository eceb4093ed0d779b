using System.Collections.Immutable;
using System.Globalization;
using Scheduler.Core.Drains;
using Scheduler.Protocol.Admin;
using Scheduler.Server.Security;
using Scheduler.State;
using Scheduler.State.Ports;

namespace Scheduler.Server.Endpoints.Admin;

/// <summary><c>/v1/admin/revisions</c>.</summary>
internal sealed class RevisionEndpoints(
    ConfigurationCentre centre, IRevisionStore revisions, TimeProvider clock, ILogger<RevisionEndpoints> log)
{
    /// <summary>Maps the calls below the admin API's root.</summary>
    public void Map(IEndpointRouteBuilder admin)
    {
        admin.MapGet("/revisions", ListAsync).RequireRole(AdminRole.Viewer)
            .WithSummary("Who changed what, when, why; the newest first. ?kind= &author= &since= &until= &text= choose among them.").Produces<RevisionListMessage>().Refuses(StatusCodes.Status400BadRequest);
        admin.MapGet("/revisions/{n}", GetAsync).RequireRole(AdminRole.Viewer)
            .WithSummary("One revision with its state.").Produces<RevisionDetailMessage>().Refuses(StatusCodes.Status404NotFound);
        admin.MapGet("/revisions/{n}/diff", DiffAsync).RequireRole(AdminRole.Viewer)
            .WithSummary("What a revision changed, against the one before it; ?format=text as lines.")
            .Produces<RevisionDiffMessage>().Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
        admin.MapPost("/revisions/{n}:rollback", RollbackAsync).RequireRole(AdminRole.Operator).MayRunDry()
            .WithSummary("Makes the complete state of a revision the present again - fleet, policy, node states and drains that have not expired - as a new revision.")
            .Takes<RollbackRequestMessage>()
            .Produces<RollbackMessage>()
            .Refuses(
                StatusCodes.Status400BadRequest,
                StatusCodes.Status404NotFound,
                StatusCodes.Status409Conflict,
                StatusCodes.Status412PreconditionFailed,
                StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>Answers the call; the console asks it too.</summary>
    internal async Task<IResult> ListAsync(HttpContext context, CancellationToken cancellation)
    {
        var fields = new QueryFields(context.Request);
        RevisionKind? kind = fields.Word("kind", WireNames.RevisionKinds);
        (string? author, string? text) = (fields.Text("author"), fields.Text("text"));
        (DateTimeOffset? since, DateTimeOffset? until) = (fields.Time("since"), fields.Time("until"));
        if (fields.Page(out IResult? problem) is not { } page) return problem!;
        var query = new RevisionQuery(page.After, page.Limit + 1) { Kind = kind, Author = author, Since = since, Until = until, Text = text };
        ImmutableArray<Revision> found = await revisions.ListAsync(query, cancellation);
        string? next = found.Length > page.Limit ? Page.Cursor(found[page.Limit - 1].Number) : null;
        ImmutableArray<RevisionMessage> messages =
        [
            .. found.Take(page.Limit).Select(Message),
        ];
        return Results.Json(new RevisionListMessage(messages, next), AdminJson.Wire.RevisionListMessage);
    }

    /// <summary>Answers the call; the console asks it too.</summary>
    internal async Task<IResult> GetAsync(string n, CancellationToken cancellation)
    {
        if (await ReadAsync(n, cancellation) is not { } content) return Absent(n);
        Revision revision = content.Revision;
        var message = new RevisionDetailMessage(
            revision.Number,
            revision.At,
            revision.Author,
            revision.Reason,
            WireNames.Of(revision.Kind),
            content.Fleet.Sites.Length,
            content.Fleet.Nodes.Length,
            [.. content.Overrides.Select(set => new NodeStateMessage(set.Node, set.InService, set.Weight))],
            [.. content.Drains.Select(drain => DrainMessages.Of(drain, content.Fleet, revision.At))],
            revision.Documents);
        return Results.Json(message, AdminJson.Wire.RevisionDetailMessage);
    }

    /// <summary>Answers the call; the console asks it too.</summary>
    internal async Task<IResult> DiffAsync(HttpContext context, string n, CancellationToken cancellation)
    {
        if (context.Request.Query["format"] is [not ("json" or "text"), ..])
            return Problem.MalformedRequest("A query parameter is at fault.", new ProblemFieldMessage("format", "must be json or text"));
        if (!long.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out long number)) return Absent(n);
        if (await revisions.ReadAsync(number, cancellation) is not { } after) return Absent(n);
        StoredRevision? before = await revisions.ReadAsync(number - 1, cancellation);

        RevisionMessage revision = Message(after.Revision);
        var diff = new RevisionDiffMessage(
            number, number - 1, revision.At, revision.Author, revision.Reason, revision.Kind,
            RevisionDiffs.Between(before?.Documents ?? ImmutableSortedDictionary<string, Document>.Empty, after.Documents));
        return context.Request.Query["format"] is ["text", ..]
            ? Results.Text(RevisionDiffs.Text(diff))
            : Results.Json(diff, AdminJson.Wire.RevisionDiffMessage);
    }

    /// <summary>The wire form of a revision.</summary>
    internal static RevisionMessage Message(Revision revision) =>
        new(revision.Number, revision.At, revision.Author, revision.Reason, WireNames.Of(revision.Kind));

    /// <summary>Answers the call; the console asks it too.</summary>
    internal async Task<IResult> RollbackAsync(HttpContext context, string n, CancellationToken cancellation)
    {
        if (ChangeAnswers.ReadCondition(context, centre.Current.Revision, out long? expected) is { } stale) return stale;
        BodyReading body = await RequestBody.ReadFieldsAsync(context, mayBeAbsent: true);
        if (!body.Succeeded(out BodyFields? fields, out IResult? problem)) return problem;
        if (!RequestMarks.TryRead(context, $"rollback-{n}", fields.Bytes.Span, out RequestMark? mark, out problem)) return problem!;

        string? givenReason = fields.OptionalText("reason", ChangeReason.MostLength);
        bool force = fields.OptionalFlag("force");
        if (fields.HasFaults(out problem)) return problem;
        if (await ReadAsync(n, cancellation) is not { } content) return Absent(n);

        long restored = content.Revision.Number;
        string author = context.GetCaller().Name;
        string reason = givenReason ?? $"rollback to revision {restored.ToString(CultureInfo.InvariantCulture)}";
        DateTimeOffset now = clock.GetUtcNow();
        ChangeResult result = await centre.ChangeAsync(
            present => Restore(present, content, force, now), context.Order(reason, expected, mark), cancellation);
        switch (result)
        {
            case ChangeResult.Committed { Configuration: var configuration }:
                log.Changed(configuration.Revision, WireNames.Of(RevisionKind.Rollback), author, reason);
                return Answer(context, configuration.Revision, restored, configuration.Drains);
            case ChangeResult.Replayed { Revision: var earlier }:
                RevisionContent then = (await centre.ReadAsync(earlier.Number, cancellation))!;
                return Answer(context, earlier.Number, restored, then.Drains);
            default:
                return ChangeAnswers.NotChanged(result);
        }
    }

    private ConfigurationEdit Restore(Configuration present, RevisionContent content, bool force, DateTimeOffset now)
    {
        ImmutableArray<Drain> drains = content.Drains.RemoveAll(drain => !drain.HoldsAt(now));
        Configuration after = present with { Fleet = content.Fleet, Overrides = content.Overrides, Drains = drains, Policy = content.Policy, Zones = content.Zones };
        ConfigurationEdit? refusal = ServingGuard.Refusal(after, "revision", force, now);
        return refusal ?? new ConfigurationEdit.Replace(RevisionKind.Rollback, content.Fleet, content.Overrides, drains, content.Policy, content.Zones);
    }

    private static IResult Answer(HttpContext context, long revision, long restored, ImmutableArray<Drain> drains)
    {
        context.Response.SetRevision(revision);
        return Results.Json(new RollbackMessage(revision, restored, [.. drains.Select(drain => drain.Id)]), AdminJson.Wire.RollbackMessage);
    }

    private async ValueTask<RevisionContent?> ReadAsync(string n, CancellationToken cancellation)
        => long.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? await centre.ReadAsync(number, cancellation) : null;

    private static IResult Absent(string n) => Problem.NotFound($"There is no revision '{n}'.");
}
