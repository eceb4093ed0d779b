using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Geo;
using Scheduler.Core.Routing;
using Scheduler.Core.Sessions;
using Scheduler.Protocol.V1.Problems;
using Scheduler.Protocol.V1.Sessions;
using Scheduler.Server.Demo;
using Scheduler.Server.Http;
using Scheduler.Server.Http.Limits;
using Scheduler.Server.Peers.Channel;
using Scheduler.Server.Peers.Sessions;
using Scheduler.Server.Security;
using Scheduler.Server.Telemetry;
using Scheduler.State;
using Scheduler.State.Control;
using Scheduler.State.Peers;
using Scheduler.State.Sessions;

namespace Scheduler.Server.Endpoints.Players;

/// <summary>What all calls of players share: who calls, from where, with which token, and how an answer is written.</summary>
internal sealed class PlayerDesk(
    SnapshotPublisher publisher, SessionDesk sessions, TokenKeys keys, Authenticator authenticator, RateLimits limits, SchedulerClock clock,
    Counters counters, PublicAddress address, StreamNames names, SessionOwners? owners = null, PeerBook? book = null,
    DemoAudience? demo = null)
{
    /// <summary>A ticket opens its node for at least this long, however short the beat, seconds.</summary>
    private const uint ShortestTicketS = 120;

    private volatile WireTables? _tables;

    /// <summary>Opens, renews, moves and ends sessions.</summary>
    public SessionDesk Sessions => sessions;

    /// <summary>Who may ask how often.</summary>
    public RateLimits Limits => limits;

    /// <summary>What is counted.</summary>
    public Counters Counters => counters;

    /// <summary>Names of streams by their hash.</summary>
    public StreamNames Names => names;

    /// <summary>The snapshot of a request; null when there is none yet.</summary>
    public RoutingSnapshot? Snapshot => publisher.Current;

    /// <summary>True when another process has this replica's number by now, and this one may not decide.</summary>
    public bool IsSuperseded => book is { IsSuperseded: true };

    /// <summary>Now, Unix seconds.</summary>
    public uint UnixS => (uint)clock.UnixS;

    /// <summary>Who calls.</summary>
    public Caller Authenticate(HttpContext context) => authenticator.Authenticate(context);

    /// <summary>
    /// The snapshot of this request; when there is none yet, or the caller may not play or has played too often, the answer is written and false given.
    /// </summary>
    public bool TryBegin(HttpContext context, [NotNullWhen(true)] out RoutingSnapshot? snapshot, out Caller caller)
    {
        snapshot = null;
        caller = authenticator.Authenticate(context);
        CrossOrigin.Open(context);
        if (!limits.AdmitsPlayer(context, caller)) return false;
        if (!caller.MayPlay)
        {
            RefuseCaller(context, caller, "play");
            return false;
        }
        if (IsSuperseded)
        {
            Reply.Problem(context, ProblemKind.NotReady, "another process has this replica's number by now; ask another replica");
            return false;
        }
        snapshot = publisher.Current;
        if (snapshot is not null) return true;
        context.Response.Headers.RetryAfter = "1";
        Reply.Problem(context, ProblemKind.NotReady, "fleet or geography is not loaded yet");
        return false;
    }

    /// <summary>Answers a caller who may not do this: 401 for an unknown one, 403 for one whose key is of another kind.</summary>
    public static void RefuseCaller(HttpContext context, Caller caller, string what)
    {
        if (caller.IsKnown)
        {
            Reply.Problem(context, ProblemKind.Forbidden, $"the key is not one that may {what}");
            return;
        }
        context.Response.Headers.WWWAuthenticate = "Bearer realm=\"scheduler\"";
        Reply.Problem(context, ProblemKind.Unauthorized);
    }

    /// <summary>Where the viewer is: by the address that a caller with the right to names, else by the transport's.</summary>
    /// <param name="context">The request.</param>
    /// <param name="snapshot">Its snapshot.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="clientIp">The address in the request; empty for none.</param>
    /// <param name="located">Cell and row.</param>
    /// <param name="problem">What is wrong, when false is given.</param>
    public static bool TryLocate(
        HttpContext context, RoutingSnapshot snapshot, Caller caller, ReadOnlySpan<byte> clientIp, out ViewerPlace located, out ProblemKind problem)
    {
        located = default;
        problem = ProblemKind.InvalidRequest;
        IpKey address;
        if (clientIp.IsEmpty)
        {
            address = IpKey.From(context.Connection.RemoteIpAddress ?? IPAddress.IPv6Any);
        }
        else if (!caller.MayNameClient)
        {
            problem = ProblemKind.Forbidden;
            return false;
        }
        else if (!IpKey.TryParse(clientIp, out address))
        {
            return false;
        }
        located = ViewerPlace.Of(snapshot, address, out _);
        return true;
    }

    /// <summary>Number of a stream's class, by the snapshot of the request.</summary>
    public static int ClassOf(RoutingSnapshot snapshot, Caller caller, ReadOnlySpan<byte> stream) => ClassOf(snapshot, caller.Tenant, stream);

    /// <summary>Number of a stream's class for a tenant, by the snapshot of the request.</summary>
    public static int ClassOf(RoutingSnapshot snapshot, string? tenant, ReadOnlySpan<byte> stream) => snapshot.Classifier.Of(stream, tenant);

    /// <summary>What a call on a session is told beside its body.</summary>
    public static CallOrigin OriginOf(HttpContext context, Caller caller) =>
        new(ViewerHash.OfNetwork(IpKey.From(context.Connection.RemoteIpAddress ?? IPAddress.IPv6Any)), caller.Tenant);

    /// <summary>The connection to the replica that a session lives at; null when it lives here, or is to: its owner cannot be asked.</summary>
    public PeerLink? OwnerOf(in SessionClaims claims) => owners is null || sessions.IsOurs(in claims) ? null : owners.Find(in claims);

    /// <summary>Has the owner of a session answer a call; where it does not, the call is answered here.</summary>
    public Task AskAsync(PeerLink owner, ISessionCall call, HttpContext context, RoutingSnapshot snapshot, CallOrigin origin, byte[] body) =>
        owners!.AskAsync(owner, call, context, snapshot, origin, body);

    /// <summary>In demo mode: a session was opened, has beaten or has moved.</summary>
    public void Saw(in SessionClaims claims) => demo?.Saw(in claims);

    /// <summary>In demo mode: a session has ended.</summary>
    public void Left(in SessionClaims claims) => demo?.Left(in claims);

    /// <summary>Ends a session that lives elsewhere, whose place another has taken.</summary>
    public void CloseElsewhere(in SessionClaims claims, ReadOnlySpan<byte> token)
    {
        if (!sessions.IsOurs(in claims)) owners?.Close(in claims, token);
    }

    /// <summary>What is said of a refused address.</summary>
    public static WireProblem AddressProblem(ProblemKind kind) => kind == ProblemKind.Forbidden
        ? new WireProblem("client_ip", "only a backend key may name the viewer's address")
        : new WireProblem("client_ip", "is not an IPv4 or IPv6 address");

    /// <summary>Reads a token; when it is not valid the answer is written and false given.</summary>
    /// <param name="context">Takes the answer.</param>
    /// <param name="token">The token.</param>
    /// <param name="stream">Takes the name of its stream.</param>
    /// <param name="mayAsk">True when the session's owner can be asked: it knows best whether the session has ended.</param>
    /// <param name="claims">What the token says.</param>
    /// <param name="streamLength">Length of the name.</param>
    public bool TryReadToken(
        HttpContext context, ReadOnlySpan<byte> token, Span<byte> stream, bool mayAsk, out SessionClaims claims, out int streamLength)
    {
        TokenVerdict verdict = ReadToken(token, stream, mayAsk, out claims, out streamLength);
        if (verdict == TokenVerdict.Valid) return true;
        counters.Refused(verdict);
        switch (verdict)
        {
            case TokenVerdict.Expired:
                Reply.Problem(context, ProblemKind.SessionExpired, "its last beat is too long ago; open a new session with this token as previous_token");
                break;
            case TokenVerdict.Malformed:
                Reply.Problem(context, ProblemKind.InvalidRequest, "token", "is not a session token");
                break;
            default:
                Reply.Problem(context, ProblemKind.InvalidToken, "the token was not made by this scheduler, or was changed");
                break;
        }
        return false;
    }

    /// <summary>Reads a token. One that has run out is valid while its session may be alive all the same.</summary>
    /// <inheritdoc cref="TryReadToken"/>
    public TokenVerdict ReadToken(ReadOnlySpan<byte> token, Span<byte> stream, bool mayAsk, out SessionClaims claims, out int streamLength)
    {
        TokenVerdict verdict = SessionToken.Read(token, keys.Ring, UnixS, stream, out claims, out streamLength);
        return verdict == TokenVerdict.Expired && (sessions.IsLive(in claims) || sessions.RanOutUnheard(in claims) || (mayAsk && OwnerOf(in claims) is not null))
            ? TokenVerdict.Valid
            : verdict;
    }

    /// <summary>The session of a previous token, when the token is ours; an expired one still tells where the viewer was.</summary>
    public SessionClaims? Previous(ReadOnlySpan<byte> token) =>
        !token.IsEmpty && SessionToken.Read(token, keys.Ring, UnixS, out SessionClaims claims) is TokenVerdict.Valid or TokenVerdict.Expired ? claims : null;

    /// <summary>Where the player of a new session can be steered.</summary>
    /// <param name="context">The call.</param>
    /// <param name="caller">Whose it is: only a publishable key goes into an address.</param>
    /// <param name="room">Where it is written; at least <see cref="SteeringPlace.MaxLength"/> bytes.</param>
    public SteeringPlace SteeringOf(HttpContext context, Caller caller, Span<byte> room)
    {
        ReadOnlySpan<byte> authority = address.Base(context, room);
        Span<byte> key = room[authority.Length..];
        ReadOnlySpan<char> shown = caller.IsPublishable ? Authenticator.KeyOf(context) : default;
        return new SteeringPlace { Base = authority, Key = key[..Encoding.ASCII.GetBytes(shown, key)] };
    }

    /// <summary>The part of an answer that does not depend on its kind.</summary>
    /// <param name="snapshot">The snapshot of the request.</param>
    /// <param name="claims">The session.</param>
    /// <param name="stream">Name of its stream.</param>
    /// <param name="cell">Its cell.</param>
    /// <param name="decision">The decision.</param>
    /// <param name="steering">Where its player can be steered; default for nowhere.</param>
    /// <param name="holds">True when the decision took a place on its first candidate just now, and did not look only: its ticket says so.</param>
    public SessionAnswer AnswerOf(
        RoutingSnapshot snapshot, in SessionClaims claims, ReadOnlySpan<byte> stream, int cell, in Decision decision, SteeringPlace steering = default, bool holds = false) => new()
        {
            SteeringBase = steering.Base,
            SteeringKey = steering.Key,
            Claims = claims,
            TicketsExpireAtUnixS = TicketsExpireAt(in claims),
            AdmittedIn = holds ? AdmissionNow : null,
            Stream = stream,
            Cell = TablesFor(snapshot).Cell(cell),
            HeartbeatS = sessions.HeartbeatS,
            Revision = snapshot.Revision,
            Decision = (WireDecision)decision.Outcome,
            Role = claims.Kind == SessionKind.Publish ? (WireRole)sessions.Publishers.RoleOf(snapshot, in claims) : null,
        };

    /// <summary>What the ticket says of a place that was taken just now.</summary>
    public byte AdmissionNow => AdmissionPeriod.Of(clock.NowMs);

    /// <summary>When the tickets given with a token end, Unix s.</summary>
    public uint TicketsExpireAt(in SessionClaims claims) => Math.Max(claims.ExpiresAtUnixS, UnixS + ShortestTicketS);

    /// <summary>The candidates of a decision, for the writers.</summary>
    /// <returns>The part of <paramref name="room"/> that was filled.</returns>
    public ReadOnlySpan<CandidateAnswer> Candidates(RoutingSnapshot snapshot, in Decision decision, Span<CandidateAnswer> room)
    {
        WireTables tables = TablesFor(snapshot);
        for (int i = 0; i < decision.Count; i++) room[i] = new CandidateAnswer(tables.Node(decision[i].Node), decision[i].RttMs);
        return room[..decision.Count];
    }

    /// <summary>The keys that answers are signed with.</summary>
    public TokenKeyRing Keys => keys.Ring;

    /// <summary>The bytes that go with a snapshot.</summary>
    public WireTables TablesFor(RoutingSnapshot snapshot)
    {
        WireTables? known = _tables;
        WireTables tables = WireTables.For(known, snapshot);
        if (!ReferenceEquals(tables, known)) _tables = tables;
        return tables;
    }

    /// <summary>Answers a session that cannot be placed: 451 where the policy leaves nothing, else 503 with a time to ask again.</summary>
    public static void RefusePlace(HttpContext context, RoutingSnapshot snapshot, int cell, int streamClass, DispatchOutcome outcome)
    {
        ProblemKind kind = KindOf(outcome);
        if (kind == ProblemKind.NoCapacity) context.Response.Headers.RetryAfter = RetryAfterS;
        Reply.Problem(context, kind, ReasonOf(snapshot, cell, streamClass, outcome));
    }

    /// <summary>The kind of problem that a session is which cannot be placed.</summary>
    public static ProblemKind KindOf(DispatchOutcome outcome) =>
        outcome == DispatchOutcome.Fenced ? ProblemKind.UnavailableForLegalReasons : ProblemKind.NoCapacity;

    /// <summary>Seconds after which a refused player should ask again.</summary>
    public const string RetryAfterS = "5";

    /// <summary>Why nothing can serve, in words.</summary>
    public static string ReasonOf(RoutingSnapshot snapshot, int cell, int streamClass, DispatchOutcome outcome) => outcome switch
    {
        DispatchOutcome.Fenced => snapshot.As(streamClass).Fences.ReasonFor(cell),
        DispatchOutcome.NoRoom => "every node that may serve this viewer is full",
        DispatchOutcome.NoEligibleSite => "no node may serve this viewer now: none that speaks the protocol reports, or all are drained, down or excluded",
        _ => "the table of sessions is full",
    };
}
