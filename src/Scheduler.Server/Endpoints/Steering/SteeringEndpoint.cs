using Scheduler.Core.Dispatch;
using Scheduler.Core.Routing;
using Scheduler.Core.Sessions;
using Scheduler.Core.Topology;
using Scheduler.Protocol.Peers;
using Scheduler.Protocol.Steering;
using Scheduler.Protocol.V1.Problems;
using Scheduler.Server.Endpoints.Players;
using Scheduler.Server.Http;
using Scheduler.Server.Http.Limits;
using Scheduler.Server.Peers.Channel;
using Scheduler.Server.Security;
using Scheduler.Server.Telemetry;
using Scheduler.State.Sessions;

namespace Scheduler.Server.Endpoints.Steering;

/// <summary>
/// <c>GET /v1/steering/hls/{stream}</c> and <c>/dash/{stream}</c>: the order of pathways for one viewer. Without a token it opens a session, with one it renews it. As players stop
/// steering, or ask without a pause, when they are told an error, there is a manifest for all of whom anything is known.
/// </summary>
internal sealed class SteeringEndpoint(PlayerDesk desk, PublicAddress address, AdmissionGate gate, SteeringCounters counters) : ISessionCall
{
    /// <summary>Nodes in a manifest: two of the best site and one of another.</summary>
    private const int WantedNodes = 3;

    private const int ShortAddress = 1024;

    /// <inheritdoc/>
    public SessionCall Kind => SessionCall.Steer;

    /// <summary>Handles one request.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        SteeringHeaders.Set(context);
        int length = address.LengthOf(context);
        Span<byte> url = length <= ShortAddress ? stackalloc byte[ShortAddress] : new byte[length];
        url = url[..address.Write(context, url)];
        if (!SteeringRequest.TryParse(url, out SteeringRequest request))
        {
            Refused(StreamProtocols.None);
            Reply.Problem(context, ProblemKind.InvalidRequest, "stream", "the path is /v1/steering/hls/STREAM or /v1/steering/dash/STREAM, and a stream's name has 1 to 128 of A-Z a-z 0-9 . _ ~ -");
            return Task.CompletedTask;
        }
        Caller caller = desk.Authenticate(context);
        if (request.ThroughputBps is { } bps) counters.Measured(bps);
        TokenVerdict verdict = ReadToken(in request, mayAsk: true, out SessionClaims claims);
        bool known = verdict == TokenVerdict.Valid && !HttpMethods.IsHead(context.Request.Method);
        if (!known && !caller.MayPlay)
        {
            Refused(request.Protocol);
            PlayerDesk.RefuseCaller(context, caller, "play");
            return Task.CompletedTask;
        }
        CallOrigin origin = PlayerDesk.OriginOf(context, caller);
        RoutingSnapshot? snapshot = desk.Snapshot;
        ViewerPlace place = default;
        if (snapshot is not null) place = known ? PlaceOf(snapshot, in claims, origin) : Locate(context, snapshot, caller, in request);
        var viewer = new SteeredViewer(place, snapshot is null ? 0 : PlayerDesk.ClassOf(snapshot, origin.Tenant, request.Stream));
        if (snapshot is null || desk.IsSuperseded)
        {
            Hold(context, in request, snapshot, viewer, known ? claims : null, SteeringOutcome.NotReady);
            return Task.CompletedTask;
        }
        if (!gate.LetsIn(known ? CallClass.Beat : CallClass.Session) || !desk.Limits.LetsIn(context, caller))
        {
            Hold(context, in request, snapshot, viewer, known ? claims : null, SteeringOutcome.Shed);
            return Task.CompletedTask;
        }
        if (known) return RenewAsync(context, snapshot, origin, in request, url, claims, mayAsk: true);
        Open(context, in request, snapshot, viewer, verdict == TokenVerdict.Expired ? claims : null);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task AnswerAsync(HttpContext context, RoutingSnapshot snapshot, CallOrigin origin, ReadOnlySpan<byte> body, bool mayAsk)
    {
        if (SteeringRequest.TryParse(body, out SteeringRequest request) && ReadToken(in request, mayAsk, out SessionClaims claims) is TokenVerdict.Valid or TokenVerdict.Expired)
            return RenewAsync(context, snapshot, origin, in request, body, claims, mayAsk);
        Refused(StreamProtocols.None);
        Reply.Problem(context, ProblemKind.InvalidToken);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public byte[] ForPeer(ReadOnlySpan<byte> body) => body.ToArray();

    /// <inheritdoc/>
    public Task SendAsync(HttpContext context, PeerAnswer answer) => answer.SendAsync(context.Response);

    private Task RenewAsync(
        HttpContext context, RoutingSnapshot snapshot, CallOrigin origin, in SteeringRequest request, ReadOnlySpan<byte> url, SessionClaims claims, bool mayAsk)
    {
        if (mayAsk && desk.OwnerOf(in claims) is { } owner) return desk.AskAsync(owner, this, context, snapshot, origin, url.ToArray());
        var viewer = new SteeredViewer(PlaceOf(snapshot, in claims, origin), PlayerDesk.ClassOf(snapshot, origin.Tenant, request.Stream));
        int ttlS = TtlFor(claims.Session);
        BeatAction action = desk.Sessions.Beat(snapshot, ref claims, out Decision decision, null, origin.Network, viewer.StreamClass, ttlS);
        desk.Counters.Beat(action);
        switch (action)
        {
            case BeatAction.Fenced:
                Refuse(context, in request, snapshot, viewer, DispatchOutcome.Fenced);
                break;
            case BeatAction.Ended:
                Open(context, in request, snapshot, viewer, claims);
                break;
            case BeatAction.Full:
                Hold(context, in request, snapshot, viewer, claims, SteeringOutcome.Unplaced);
                break;
            case BeatAction.Move:
                Write(context, in request, snapshot, viewer, claims, null, in decision, ttlS, SteeringOutcome.Moved);
                break;
            default:
                int? held = snapshot.Fleet.TryFindNodeByNumber(claims.Node, out int node) ? node : null;
                desk.Sessions.LookBeside(snapshot, in claims, held ?? -1, held is null ? WantedNodes : WantedNodes - 1, out decision, viewer.StreamClass);
                Write(context, in request, snapshot, viewer, claims, held, in decision, ttlS, SteeringOutcome.Renewed);
                break;
        }
        return Task.CompletedTask;
    }

    private void Open(HttpContext context, in SteeringRequest request, RoutingSnapshot snapshot, SteeredViewer viewer, SessionClaims? previous)
    {
        int ttlS = TtlFor(viewer.Place.Network);
        var order = new SessionOrder
        {
            Cell = viewer.Place.Cell,
            Row = viewer.Place.Row,
            Class = viewer.StreamClass,
            Viewer = viewer.Place.Network,
            Stream = StreamName.Hash(request.Stream),
            Protocols = request.Protocol,
            RenewalS = ttlS,
            Want = WantedNodes,
        };
        bool isLook = HttpMethods.IsHead(context.Request.Method);
        SessionClaims? opened = null;
        Decision decision;
        if (isLook)
        {
            desk.Sessions.Look(snapshot, in order, out decision);
        }
        else
        {
            if (desk.Sessions.TryOpen(snapshot, in order, in previous, out decision, out SessionClaims claims)) opened = claims;
            desk.Counters.Decided(decision.Outcome);
        }
        if (decision.Outcome == DispatchOutcome.Fenced) Refuse(context, in request, snapshot, viewer, DispatchOutcome.Fenced);
        else if (decision.Refused || (opened is null && !isLook)) Hold(context, in request, snapshot, viewer, null, SteeringOutcome.Unplaced);
        else Write(context, in request, snapshot, viewer, opened, null, in decision, ttlS, isLook ? SteeringOutcome.Looked : SteeringOutcome.Opened);
    }

    /// <summary>Answers without a decision: the node that holds the session, if it may be named still, and what the playlist declares.</summary>
    private void Hold(HttpContext context, in SteeringRequest request, RoutingSnapshot? snapshot, SteeredViewer viewer, SessionClaims? claims, SteeringOutcome outcome)
    {
        int? held = snapshot is not null && claims is { } session && snapshot.Fleet.TryFindNodeByNumber(session.Node, out int node)
            && snapshot.Node(node).Serves(NodeRoles.Edge, request.Protocol, Eligibility.Eligible)
            && snapshot.As(viewer.StreamClass).Fences.Allow(viewer.Place.Cell, snapshot.Fleet.SiteOf(node)) ? node : null;
        int meanS = outcome == SteeringOutcome.Shed ? desk.Sessions.LongestRenewalS : desk.Sessions.SteeringTtlS;
        int ttlS = SteeringTtl.For(meanS, desk.Sessions.LongestRenewalS, Draw(claims?.Session ?? viewer.Place.Network));
        Decision none = default;
        Write(context, in request, snapshot, viewer, claims, held, in none, ttlS, outcome);
    }

    private void Write(
        HttpContext context, in SteeringRequest request, RoutingSnapshot? snapshot, SteeredViewer viewer, SessionClaims? claims, int? held, in Decision decision,
        int ttlS, SteeringOutcome outcome)
    {
        PathwayRoom room = default;
        Span<NodePathway> nodes = room;
        int count = 0;
        if (snapshot is not null)
        {
            WireTables tables = desk.TablesFor(snapshot);
            if (held is { } first) nodes[count++] = tables.Pathway(first);
            for (int i = 0; i < decision.Count && count < WantedNodes; i++) nodes[count++] = tables.Pathway(decision[i].Node);
        }
        bool renewed = outcome is SteeringOutcome.Opened or SteeringOutcome.Renewed or SteeringOutcome.Moved;
        var reload = new SteeringUri
        {
            Base = request.Base,
            Protocol = request.Protocol,
            Stream = request.Stream,
            Claims = renewed ? claims!.Value with { Protocol = request.Protocol } : null,
            Token = claims is null ? default : request.Token,
            Declared = request.Declared,
            Key = request.Key,
        };
        Span<byte> output = context.Response.BodyWriter.GetSpan(SteeringManifestWriter.MaxLength(in reload, request.Declared, nodes[..count]));
        var writer = new SteeringManifestWriter(output, ttlS, in reload, desk.Keys);
        int length = new PathwayOrder(request, snapshot, viewer.Place.Cell, viewer.Place.Row, viewer.StreamClass).Write(ref writer, nodes[..count]);
        if (length == 0)
        {
            Refused(request.Protocol);
            context.Response.Headers.RetryAfter = PlayerDesk.RetryAfterS;
            Reply.Problem(context, outcome switch
            {
                SteeringOutcome.Shed => ProblemKind.Overloaded,
                SteeringOutcome.NotReady => ProblemKind.NotReady,
                _ => ProblemKind.NoCapacity,
            });
            return;
        }
        counters.Answered(request.Protocol, outcome);
        Reply.Written(context, StatusCodes.Status200OK, length, SteeringText.ContentType);
    }

    private void Refuse(HttpContext context, in SteeringRequest request, RoutingSnapshot snapshot, SteeredViewer viewer, DispatchOutcome outcome)
    {
        Refused(request.Protocol);
        PlayerDesk.RefusePlace(context, snapshot, viewer.Place.Cell, viewer.StreamClass, outcome);
    }

    private void Refused(StreamProtocols protocol) => counters.Answered(protocol, SteeringOutcome.Refused);

    private int TtlFor(ulong who) => SteeringTtl.For(desk.Sessions.SteeringTtlS, desk.Sessions.LongestRenewalS, Draw(who));

    private ulong Draw(ulong who) => who ^ desk.UnixS;

    /// <summary>Reads the token of a call. One of another stream, or of a publisher, is none: the call is then the first.</summary>
    private TokenVerdict ReadToken(in SteeringRequest request, bool mayAsk, out SessionClaims claims)
    {
        claims = default;
        if (request.Token.IsEmpty) return TokenVerdict.Malformed;
        Span<byte> stream = stackalloc byte[StreamName.MaxLength];
        TokenVerdict verdict = desk.ReadToken(request.Token, stream, mayAsk, out claims, out int length);
        if (verdict is not (TokenVerdict.Valid or TokenVerdict.Expired)) desk.Counters.Refused(verdict);
        return verdict == TokenVerdict.Valid && (claims.Kind != SessionKind.Play || !stream[..length].SequenceEqual(request.Stream)) ? TokenVerdict.Malformed : verdict;
    }

    private static ViewerPlace Locate(HttpContext context, RoutingSnapshot snapshot, Caller caller, in SteeringRequest request) =>
        PlayerDesk.TryLocate(context, snapshot, caller, request.ClientIp, out ViewerPlace place, out _)
        || PlayerDesk.TryLocate(context, snapshot, caller, default, out place, out _) ? place : default;

    private static ViewerPlace PlaceOf(RoutingSnapshot snapshot, in SessionClaims claims, CallOrigin origin)
    {
        int cell = snapshot.Candidates.TryFindCell(claims.Cell, out int known) ? known : snapshot.DefaultCell;
        return new ViewerPlace(cell, cell, origin.Network);
    }
}
