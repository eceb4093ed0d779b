using System.Globalization;
using System.Runtime.CompilerServices;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Routing;
using Scheduler.Core.Sessions;
using Scheduler.Protocol.V1.Problems;
using Scheduler.Protocol.V1.Sessions;
using Scheduler.Server.Http;
using Scheduler.Server.Security;
using Scheduler.State.Sessions;

namespace Scheduler.Server.Endpoints.Players;

/// <summary><c>GET /v1/dispatch</c>: where a session would go, holding nothing.</summary>
internal sealed class LookEndpoint(PlayerDesk desk)
{
    /// <summary>
    /// Handles one request: <c>stream</c>, <c>client_ip</c>, <c>kind</c>, <c>protocol</c>, <c>want</c> as in the body of <c>POST /v1/sessions</c>.
    /// </summary>
    public Task InvokeAsync(HttpContext context)
    {
        if (!desk.TryBegin(context, out RoutingSnapshot? snapshot, out Caller caller)) return Task.CompletedTask;
        byte[] body = BodyOf(context.Request.Query);
        if (!SessionRequest.TryParse(body, out SessionRequest request, out WireProblems problems))
        {
            Reply.Problem(context, ProblemKind.InvalidRequest, null, problems.All);
            return Task.CompletedTask;
        }
        if (!PlayerDesk.TryLocate(context, snapshot, caller, request.ClientIp, out ViewerPlace place, out ProblemKind refusal))
        {
            Reply.Problem(context, refusal, null, [PlayerDesk.AddressProblem(refusal)]);
            return Task.CompletedTask;
        }
        int streamClass = PlayerDesk.ClassOf(snapshot, caller, request.Stream);
        var order = new SessionOrder
        {
            Cell = place.Cell,
            Row = place.Row,
            Class = streamClass,
            Viewer = place.Network,
            Stream = StreamName.Hash(request.Stream),
            Kind = request.Kind,
            Protocols = request.Protocol,
            Want = request.Want,
        };
        desk.Sessions.Look(snapshot, in order, out Decision decision);
        if (decision.Refused)
        {
            PlayerDesk.RefusePlace(context, snapshot, place.Cell, streamClass, decision.Outcome);
            return Task.CompletedTask;
        }
        Unsafe.SkipInit(out CandidateRoom room);
        var answer = new DispatchAnswer
        {
            Stream = request.Stream,
            Kind = request.Kind,
            Protocol = request.Protocol,
            Cell = desk.TablesFor(snapshot).Cell(place.Cell),
            Revision = snapshot.Revision,
            Decision = (WireDecision)decision.Outcome,
        };
        ReadOnlySpan<CandidateAnswer> candidates = desk.Candidates(snapshot, in decision, room);
        Span<byte> output = context.Response.BodyWriter.GetSpan(DispatchAnswerWriter.MaxLength(in answer, candidates));
        Reply.Written(context, StatusCodes.Status200OK, DispatchAnswerWriter.Write(output, in answer, candidates));
        return Task.CompletedTask;
    }

    /// <summary>The query as the body it stands for, so that one parser judges both.</summary>
    internal static byte[] BodyOf(IQueryCollection query)
    {
        using var stream = new MemoryStream();
        using (var json = new System.Text.Json.Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            foreach (string name in (ReadOnlySpan<string>)["stream", "client_ip", "kind", "protocol", "network"])
                if (query.TryGetValue(name, out var text)) json.WriteString(name, text.ToString());
            if (query.TryGetValue("want", out var want))
            {
                if (int.TryParse(want, NumberStyles.None, CultureInfo.InvariantCulture, out int number)) json.WriteNumber("want", number);
                else json.WriteString("want", want.ToString());
            }
            json.WriteEndObject();
        }
        return stream.ToArray();
    }
}
