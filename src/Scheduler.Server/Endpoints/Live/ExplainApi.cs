using System.Collections.Immutable;
using System.Net;
using System.Text;
using System.Text.Json;
using Scheduler.Core.Geo;
using Scheduler.Core.Routing;
using Scheduler.Core.Sessions;
using Scheduler.Protocol.Admin;
using Scheduler.Protocol.V1.Problems;
using Scheduler.Protocol.V1.Sessions;
using Scheduler.Server.Endpoints.Admin;
using Scheduler.Server.Endpoints.Players;
using Scheduler.Server.Security;
using Scheduler.State.Control;
using Scheduler.State.Sessions;

namespace Scheduler.Server.Endpoints.Live;

/// <summary>
/// <c>GET /v1/admin/explain</c>: where a viewer would be sent at this moment, and what every alternative had against it. His address is located and
/// forgotten, as on every call.
/// </summary>
internal sealed class ExplainApi(SnapshotPublisher publisher, SessionDesk sessions, ExplanationWriter writer)
{
    /// <summary>Maps the call below the admin API's root.</summary>
    public void Map(IEndpointRouteBuilder admin) => admin.MapGet("/explain", Get).RequireRole(AdminRole.Viewer)
        .WithSummary("Why there: ?stream= &client_ip= and, as on a session, &protocol= &kind= &want=; &tenant= as of a key. The caller's own address when client_ip is absent.")
        .Produces<ExplanationMessage>().Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status503ServiceUnavailable);

    /// <summary>Answers the call; the console asks it too.</summary>
    internal IResult Get(HttpContext context)
    {
        if (publisher.Current is not { } snapshot) return Problem.NotReady("Fleet or geography is not loaded yet: there is nothing to explain.");
        if (!SessionRequest.TryParse(LookEndpoint.BodyOf(context.Request.Query), out SessionRequest request, out WireProblems problems))
            return Malformed(problems.All);
        IpKey address = IpKey.From(context.Connection.RemoteIpAddress ?? IPAddress.IPv6Any);
        if (!request.ClientIp.IsEmpty && !IpKey.TryParse(request.ClientIp, out address))
            return Malformed([PlayerDesk.AddressProblem(ProblemKind.InvalidRequest)]);

        ViewerPlace place = ViewerPlace.Of(snapshot, address, out Located found);
        var order = new SessionOrder
        {
            Cell = place.Cell,
            Row = place.Row,
            Viewer = place.Network,
            Stream = StreamName.Hash(request.Stream),
            Kind = request.Kind,
            Protocols = request.Protocol,
            Want = request.Want,
            Class = snapshot.Classifier.Of(request.Stream, context.Request.Query["tenant"]),
        };
        ExplanationMessage message = writer.Write(
            snapshot.As(order.Class), sessions.Explain(snapshot, in order), ViewerOf(snapshot, address, found), Encoding.ASCII.GetString(request.Stream),
            request.Kind == SessionKind.Publish ? "publish" : "play", context.Request.Query["protocol"]);
        return Results.Json(message, AdminJson.Wire.ExplanationMessage);
    }

    private static ExplainedViewerMessage ViewerOf(RoutingSnapshot snapshot, IpKey address, in Located found)
    {
        ImmutableArray<string>? sites = found.SiteList is { } list ? snapshot.Locator.SiteLists[list] : null;
        return new ExplainedViewerMessage(
            snapshot.Candidates.Cells[found.Cell].Id, IpPrefix.Around(address, found.PrefixLength).ToString(),
            JsonNamingPolicy.SnakeCaseLower.ConvertName(found.By.ToString()), sites);
    }

    private static IResult Malformed(ReadOnlySpan<WireProblem> problems)
    {
        var fields = ImmutableArray.CreateBuilder<ProblemFieldMessage>(problems.Length);
        foreach (WireProblem problem in problems) fields.Add(new ProblemFieldMessage(problem.Field, problem.Reason));
        return Problem.MalformedRequest("A query parameter is at fault.", fields.ToImmutable());
    }
}
