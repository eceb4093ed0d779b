using System.Collections.Immutable;
using Scheduler.Core.Topology;
using Scheduler.Protocol.Admin;
using Scheduler.Server.Security;
using Scheduler.State;
using Scheduler.State.Ports;

namespace Scheduler.Server.Endpoints.Admin;

/// <summary><c>/v1/admin/nodes/{id}/state</c>.</summary>
internal sealed class NodeEndpoints(ConfigurationCentre centre, TimeProvider clock, ILogger<NodeEndpoints> log)
{
    /// <summary>Maps the calls below the admin API's root.</summary>
    public void Map(IEndpointRouteBuilder admin) => admin.MapPut("/nodes/{id}/state", PutAsync).RequireRole(AdminRole.Operator).MayRunDry()
        .WithSummary("Takes a node out of service or back, and sets its weight.")
        .Takes<NodeStateRequestMessage>()
        .Produces<NodeStateMessage>()
        .Refuses(
            StatusCodes.Status400BadRequest,
            StatusCodes.Status404NotFound,
            StatusCodes.Status409Conflict,
            StatusCodes.Status412PreconditionFailed,
            StatusCodes.Status422UnprocessableEntity);

    private async Task<IResult> PutAsync(HttpContext context, string id, CancellationToken cancellation)
    {
        if (ChangeAnswers.ReadCondition(context, centre.Current.Revision, out long? expected) is { } stale) return stale;
        BodyReading body = await RequestBody.ReadFieldsAsync(context);
        if (!body.Succeeded(out BodyFields? fields, out IResult? problem)) return problem;

        bool inService = fields.RequiredFlag("in_service") ?? false;
        double weight = fields.OptionalNumber("weight") ?? 1;
        string reason = fields.RequiredText("reason", ChangeReason.MostLength) ?? "";
        bool force = fields.OptionalFlag("force");
        if (weight is not (> 0 and <= 1)) fields.Fault("weight", "must be over 0 and at most 1; to take the node out, send \"in_service\": false");
        if (fields.HasFaults(out problem)) return problem;

        string author = context.GetCaller().Name;
        DateTimeOffset now = clock.GetUtcNow();
        ChangeResult result = await centre.ChangeAsync(
            present => Edit(present, new NodeOverride(id, inService, weight), force, now), context.Order(reason, expected), cancellation);
        if (result is not ChangeResult.Committed committed) return ChangeAnswers.NotChanged(result);

        long revision = committed.Configuration.Revision;
        log.Changed(revision, WireNames.Of(RevisionKind.Node), author, reason);
        context.Response.SetRevision(revision);
        return Results.Json(new NodeStateMessage(id, inService, weight, revision), AdminJson.Wire.NodeStateMessage);
    }

    private ConfigurationEdit Edit(Configuration present, NodeOverride set, bool force, DateTimeOffset now)
    {
        if (!present.Fleet.Nodes.Any(node => node.Id == set.Node))
        {
            return new ConfigurationEdit.Refuse(new ConfigurationRefusal(
                ConfigurationRefusalKind.NotFound, $"There is no node '{set.Node}' in the fleet.", []));
        }

        // The default is not stored: a node that is as the fleet says has no override.
        ImmutableArray<NodeOverride> others = present.Overrides.RemoveAll(other => other.Node == set.Node);
        ImmutableArray<NodeOverride> overrides = set is { InService: true, Weight: 1 }
            ? others
            : [.. others.Append(set).OrderBy(other => other.Node, StringComparer.Ordinal)];
        Configuration after = present with { Overrides = overrides };
        ConfigurationEdit? refusal = set.InService ? null : ServingGuard.Refusal(after, "in_service", force, now);
        return refusal ?? new ConfigurationEdit.Replace(RevisionKind.Node, Overrides: overrides);
    }
}
