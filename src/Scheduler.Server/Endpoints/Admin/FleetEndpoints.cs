using System.Globalization;
using System.Text;
using Scheduler.Core.Topology;
using Scheduler.Protocol.Admin;
using Scheduler.Protocol.Fleets;
using Scheduler.Server.Security;
using Scheduler.State;
using Scheduler.State.Ports;

namespace Scheduler.Server.Endpoints.Admin;

/// <summary><c>/v1/admin/fleet</c>.</summary>
internal sealed class FleetEndpoints(ConfigurationCentre centre, ILogger<FleetEndpoints> log)
{
    /// <summary>Maps the calls below the admin API's root.</summary>
    public void Map(IEndpointRouteBuilder admin)
    {
        admin.MapGet("/fleet", GetAsync).RequireRole(AdminRole.Viewer)
            .WithSummary("The fleet; ?format=yaml for YAML, ?revision=N as of a revision. The ETag is the revision.")
            .Produces(StatusCodes.Status200OK, contentType: DocumentForm.Json, additionalContentTypes: DocumentForm.Yaml)
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
        admin.MapPut("/fleet", PutAsync).RequireRole(AdminRole.Operator).MayRunDry()
            .WithSummary("Replaces the fleet. Needs If-Match; ?reason= says why.")
            .Produces<FleetChangeMessage>()
            .Refuses(
                StatusCodes.Status400BadRequest,
                StatusCodes.Status412PreconditionFailed,
                StatusCodes.Status413PayloadTooLarge,
                StatusCodes.Status415UnsupportedMediaType,
                StatusCodes.Status422UnprocessableEntity,
                StatusCodes.Status428PreconditionRequired);
    }

    private async Task<IResult> GetAsync(HttpContext context, CancellationToken cancellation)
    {
        if (!DocumentForm.TryRead(context.Request, out bool? yaml, out IResult? problem)) return problem!;
        Configuration present = centre.Current;
        (long revision, Fleet fleet) = (present.Revision, present.Fleet);
        if (context.Request.Query["revision"] is [{ } text, ..])
        {
            if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out revision))
            {
                return Problem.MalformedRequest("A query parameter is at fault.", new ProblemFieldMessage("revision", "must be the number of a revision"));
            }

            if (revision != present.Revision)
            {
                if (await centre.ReadAsync(revision, cancellation) is not { } past) return Problem.NotFound($"There is no revision {revision}.");
                fleet = past.Fleet;
            }
        }

        bool asYaml = yaml ?? DocumentForm.AcceptsYaml(context.Request);
        byte[] body = asYaml ? Encoding.UTF8.GetBytes(FleetYaml.Write(fleet)) : FleetJson.Write(fleet);
        return Results.Bytes(body, asYaml ? DocumentForm.Yaml : DocumentForm.Json, entityTag: EntityTags.Of(revision));
    }

    private async Task<IResult> PutAsync(HttpContext context, CancellationToken cancellation)
    {
        HttpRequest request = context.Request;
        if (request.Headers.IfMatch.Count == 0) return Problem.PreconditionRequired();
        if (ChangeAnswers.ReadCondition(context, centre.Current.Revision, out long? expected) is { } refusal) return refusal;
        if (!DocumentForm.TryReadBody(request, "fleet", out bool yaml, out IResult? problem)) return problem!;
        if (ChangeReason.ReadQuery(request, "fleet replaced", out string reason) is { } fault) return fault;
        if (await RequestBody.ReadAsync(context, RequestBody.FleetLimit) is not { } body) return Problem.TooLarge(RequestBody.FleetLimit);

        FleetReadResult reading = yaml ? FleetYaml.Read(body) : FleetJson.Read(body);
        if (reading.Fleet is not { } fleet)
        {
            return Problem.InvalidFields([.. reading.Problems.Select(found => new ProblemFieldMessage(found.Field, found.Reason, found.Line, found.Column))]);
        }

        string author = context.GetCaller().Name;
        ChangeResult result = await centre.ChangeAsync(
            present => PolicyGuard.Refusal(present.Policy, fleet) ?? new ConfigurationEdit.Replace(RevisionKind.Fleet, Fleet: fleet), context.Order(reason, expected), cancellation);
        if (result is not ChangeResult.Committed committed) return ChangeAnswers.NotChanged(result);

        long revision = committed.Configuration.Revision;
        log.Changed(revision, WireNames.Of(RevisionKind.Fleet), author, reason);
        context.Response.SetRevision(revision);
        return Results.Json(new FleetChangeMessage(revision, fleet.Sites.Length, fleet.Nodes.Length), AdminJson.Wire.FleetChangeMessage);
    }
}
