using System.Text;
using System.Text.Json;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Routing;
using Scheduler.Core.Sessions;
using Scheduler.Core.Topology;
using Scheduler.Protocol.Redirects;
using Scheduler.Protocol.V1.Problems;
using Scheduler.Server.Endpoints.Players;
using Scheduler.Server.Http;
using Scheduler.Server.Security;
using Scheduler.Server.Telemetry;
using Scheduler.State.Sessions;

namespace Scheduler.Server.Endpoints.Redirects;

/// <summary>
/// <c>GET /r/{stream}/{path}</c>: a redirect to the node that serves the viewer best, for players that know nothing but HTTP. Nothing is heard of him any more, so he has
/// no session: his room is taken as an assignment that no report shows yet.
/// </summary>
internal sealed class RedirectEndpoint(PlayerDesk desk, SteeringCounters counters)
{
    /// <summary>Addresses where several are asked for.</summary>
    private const int WantedLocations = 3;

    private const int LongestClientIp = 64;

    /// <summary>In the order in which one is taken where the path does not tell.</summary>
    private static readonly StreamProtocols[] OverHttp = [StreamProtocols.Hls, StreamProtocols.Dash, StreamProtocols.Flv];

    /// <summary>Handles one request.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        if (!desk.TryBegin(context, out RoutingSnapshot? snapshot, out Caller caller)) return Task.CompletedTask;
        context.Response.Headers.CacheControl = "no-store";
        Span<byte> name = stackalloc byte[StreamName.MaxLength];
        if (!RedirectRequest.TryParse(PublicAddress.TargetOf(context), out RedirectRequest request)
            || !Encoding.UTF8.TryGetBytes(request.Stream, name, out int length) || !StreamName.IsValid(name[..length]))
        {
            Reply.Problem(context, ProblemKind.InvalidRequest, "stream", "must be 1 to 128 of A-Z a-z 0-9 . _ ~ -");
            return Task.CompletedTask;
        }
        ReadOnlySpan<byte> stream = name[..length];
        Span<byte> ip = stackalloc byte[LongestClientIp];
        ReadOnlySpan<byte> clientIp = Encoding.UTF8.TryGetBytes(request.ClientIp, ip, out int ipLength) ? ip[..ipLength] : "?"u8;
        if (!PlayerDesk.TryLocate(context, snapshot, caller, clientIp, out ViewerPlace place, out ProblemKind refusal))
        {
            Reply.Problem(context, refusal, null, [PlayerDesk.AddressProblem(refusal)]);
            return Task.CompletedTask;
        }
        if (TemplateOf(snapshot.Fleet.Fleet, in request) is not ({ } protocol, { } template))
        {
            Reply.Problem(context, ProblemKind.NotFound, "the fleet has no HTTP address of that kind: no URL template of its protocol");
            return Task.CompletedTask;
        }
        Answer(context, snapshot, in request, protocol, template, stream, place, PlayerDesk.ClassOf(snapshot, caller, stream));
        return Task.CompletedTask;
    }

    private void Answer(
        HttpContext context, RoutingSnapshot snapshot, in RedirectRequest request, StreamProtocols protocol, string template, ReadOnlySpan<byte> stream,
        ViewerPlace place, int streamClass)
    {
        var order = new SessionOrder
        {
            Cell = place.Cell,
            Row = place.Row,
            Class = streamClass,
            Viewer = place.Network,
            Stream = StreamName.Hash(stream),
            Protocols = protocol,
            Want = request.WantsLocations ? WantedLocations : 1,
        };
        Decision decision;
        if (HttpMethods.IsHead(context.Request.Method)) desk.Sessions.Look(snapshot, in order, out decision);
        else desk.Sessions.Send(snapshot, in order, out decision);
        counters.Redirected(decision.Outcome);
        if (decision.Refused)
        {
            PlayerDesk.RefusePlace(context, snapshot, place.Cell, streamClass, decision.Outcome);
            return;
        }
        string first = LocationOf(snapshot, in request, template, decision[0]);
        if (!request.WantsLocation && !request.WantsLocations)
        {
            context.Response.StatusCode = StatusCodes.Status302Found;
            context.Response.Headers.Location = first;
            return;
        }
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            if (request.WantsLocations)
            {
                json.WriteStartArray("locations");
                json.WriteStringValue(first);
                for (int i = 1; i < decision.Count; i++) json.WriteStringValue(LocationOf(snapshot, in request, template, decision[i]));
                json.WriteEndArray();
            }
            else
            {
                json.WriteString("location", first);
            }
            json.WriteEndObject();
        }
        Reply.Bytes(context, StatusCodes.Status200OK, body.GetBuffer().AsSpan(0, (int)body.Length));
    }

    private static string LocationOf(RoutingSnapshot snapshot, in RedirectRequest request, string template, Choice choice) =>
        request.LocationAt(template, snapshot.Fleet.Nodes[choice.Node]!.Node.Host);

    /// <summary>The protocol of the path and its template; where the path does not tell, the first that players reach over HTTP.</summary>
    private static (StreamProtocols Protocol, string Template)? TemplateOf(Fleet fleet, in RedirectRequest request)
    {
        if (request.Protocol is { } told) return fleet.Urls.TryGetValue(told, out string? its) && IsHttp(its) ? (told, its) : null;
        foreach (StreamProtocols protocol in OverHttp)
            if (fleet.Urls.TryGetValue(protocol, out string? template) && IsHttp(template)) return (protocol, template);
        return null;
    }

    private static bool IsHttp(string template) => template.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || template.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
}
