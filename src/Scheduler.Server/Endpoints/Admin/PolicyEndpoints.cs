using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Scheduler.Core.Policies;
using Scheduler.Core.Topology;
using Scheduler.Protocol.Admin;
using Scheduler.Protocol.Policies;
using Scheduler.Server.Security;
using Scheduler.State;
using Scheduler.State.Control;
using Scheduler.State.Ports;

namespace Scheduler.Server.Endpoints.Admin;

/// <summary><c>/v1/admin/policy</c>.</summary>
internal sealed class PolicyEndpoints(ConfigurationCentre centre, ControlLoop control, ILogger<PolicyEndpoints> log)
{
    /// <summary>Maps the calls below the admin API's root.</summary>
    public void Map(IEndpointRouteBuilder admin)
    {
        admin.MapGet("/policy", GetAsync).RequireRole(AdminRole.Viewer)
            .WithSummary("The policy; ?format=yaml for YAML, ?revision=N as of a revision. The ETag is the revision.")
            .Produces(StatusCodes.Status200OK, contentType: DocumentForm.Json, additionalContentTypes: DocumentForm.Yaml)
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
        admin.MapPut("/policy", PutAsync).RequireRole(AdminRole.Operator).MayRunDry()
            .WithSummary("Replaces the policy. Needs If-Match; ?reason= says why.")
            .Produces<PolicyChangeMessage>()
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
        (long revision, Policy policy) = (present.Revision, present.Policy);
        if (context.Request.Query["revision"] is [{ } text, ..])
        {
            if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out revision))
            {
                return Problem.MalformedRequest("A query parameter is at fault.", new ProblemFieldMessage("revision", "must be the number of a revision"));
            }

            if (revision != present.Revision)
            {
                if (await centre.ReadAsync(revision, cancellation) is not { } past) return Problem.NotFound($"There is no revision {revision}.");
                policy = past.Policy;
            }
        }

        bool asYaml = yaml ?? DocumentForm.AcceptsYaml(context.Request);
        byte[] body = asYaml ? Encoding.UTF8.GetBytes(PolicyYaml.Write(policy)) : PolicyJson.Write(policy);
        return Results.Bytes(body, asYaml ? DocumentForm.Yaml : DocumentForm.Json, entityTag: EntityTags.Of(revision));
    }

    private async Task<IResult> PutAsync(HttpContext context, CancellationToken cancellation)
    {
        HttpRequest request = context.Request;
        if (request.Headers.IfMatch.Count == 0) return Problem.PreconditionRequired();
        if (ChangeAnswers.ReadCondition(context, centre.Current.Revision, out long? expected) is { } refusal) return refusal;
        if (!DocumentForm.TryReadBody(request, "policy", out bool yaml, out IResult? problem)) return problem!;
        if (ChangeReason.ReadQuery(request, "policy replaced", out string reason) is { } fault) return fault;
        if (await RequestBody.ReadAsync(context, RequestBody.PolicyLimit) is not { } body) return Problem.TooLarge(RequestBody.PolicyLimit);

        Fleet fleet = centre.Current.Fleet;
        PolicyReadResult reading = yaml ? PolicyYaml.Read(body, fleet, control.Map) : PolicyJson.Read(body, fleet, control.Map);
        if (reading.Policy is not { } policy)
        {
            return Problem.InvalidFields([.. reading.Problems.Select(found => new ProblemFieldMessage(found.Field, found.Reason, found.Line, found.Column))]);
        }

        string author = context.GetCaller().Name;
        ChangeResult result = await centre.ChangeAsync(
            present => PolicyGuard.Refusal(policy, present.Fleet) ?? new ConfigurationEdit.Replace(RevisionKind.Policy, Policy: policy),
            context.Order(reason, expected), cancellation);
        if (result is not ChangeResult.Committed committed) return ChangeAnswers.NotChanged(result);

        long revision = committed.Configuration.Revision;
        log.Changed(revision, WireNames.Of(RevisionKind.Policy), author, reason);
        context.Response.SetRevision(revision);
        return Results.Json(new PolicyChangeMessage(revision, policy.Fences.Length, policy.Classes.Length, Barred()), AdminJson.Wire.PolicyChangeMessage);
    }

    private ImmutableArray<string>? Barred()
    {
        if (control.Publisher.Current is not { } snapshot) return null;
        var countries = new SortedSet<string>(StringComparer.Ordinal);
        for (int cell = 0; cell < snapshot.Candidates.Cells.Length; cell++)
        {
            if (snapshot.Fences.LeaveNothing(cell, NodeRoles.Edge, StreamProtocols.None)) countries.Add(snapshot.Candidates.Cells[cell].Country);
        }

        return [.. countries];
    }
}
