using System.Text;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Drains;
using Scheduler.Core.Routing;
using Scheduler.Core.Sessions;
using Scheduler.Core.Topology;
using Scheduler.State.Control;
using Scheduler.State.Drains;
using Scheduler.State.Publishing;
using Scheduler.State.Rtts;
using Scheduler.State.Usage;
using static Scheduler.State.Sessions.SessionStanding;

namespace Scheduler.State.Sessions;

/// <summary>
/// Opens, renews, moves and ends sessions for every interface alike: the decision core, the session table and what a token says, in one
/// place. No I/O and, but for adoption after a restart, no lock and no allocation.
/// </summary>
public sealed class SessionDesk
{
    /// <summary>Candidates that a session is given with which it is to move.</summary>
    private const int OfferedCandidates = 3;

    private readonly SessionTable _table;
    private readonly SchedulerClock _clock;
    private readonly SessionRules _rules;
    private readonly ControlLoop _control;
    private readonly Adoptions _adoptions;
    private readonly ulong _salt;
    private readonly IDecisionObserver? _observer;
    private readonly UsageBook? _usage;
    private long _opened;
    private long _adopted;

    /// <summary>A desk over a table.</summary>
    /// <param name="table">Where sessions live.</param>
    /// <param name="clock">The time.</param>
    /// <param name="rules">How sessions are weighed and kept.</param>
    /// <param name="control">Is told of failures.</param>
    /// <param name="salt">Any number that no other start of any replica used: identities are derived from it.</param>
    /// <param name="observer">Keeps some decisions; null where nobody does.</param>
    /// <param name="usage">Counts what is served; null where nobody does.</param>
    public SessionDesk(
        SessionTable table, SchedulerClock clock, SessionRules rules, ControlLoop control, ulong salt, IDecisionObserver? observer = null, UsageBook? usage = null)
    {
        (_table, _clock, _rules, _control, _salt) = (table, clock, rules, control, salt);
        (_observer, _usage) = (observer, usage);
        _adoptions = new Adoptions(table, rules.LongestLifetimeS);
        Publishers = new PublisherBook(table, control.Upstreams.Streams);
    }

    /// <summary>Who publishes what.</summary>
    public PublisherBook Publishers { get; }

    /// <summary>Time between two beats that players are asked for now, s.</summary>
    public int HeartbeatS => _rules.HeartbeatFor(_table.Count);

    /// <summary>Time after which steered players are asked to ask again now, s, in [1, <see cref="LongestRenewalS"/>].</summary>
    public int SteeringTtlS => _rules.SteeringTtlFor(_table.Count);

    /// <summary>The most that load may stretch the time between two renewals to, s.</summary>
    public int LongestRenewalS => _rules.LongestRenewalS;

    /// <summary>Says where a session would go, holding nothing.</summary>
    public DispatchOutcome Look(RoutingSnapshot snapshot, in SessionOrder order, out Decision decision) => Ask(snapshot, in order, lookOnly: true, out decision);

    /// <summary>Says where else a session could play than on a node, holding nothing.</summary>
    /// <param name="snapshot">The snapshot the caller read.</param>
    /// <param name="claims">What its token says.</param>
    /// <param name="node">Index of the node that is not named.</param>
    /// <param name="want">Candidates wanted, in [1, 8].</param>
    /// <param name="decision">The others, best first; a refusal when there are none.</param>
    /// <param name="streamClass">Number of the stream's class, by the snapshot's classifier.</param>
    public void LookBeside(RoutingSnapshot snapshot, in SessionClaims claims, int node, int want, out Decision decision, int streamClass = 0)
    {
        SessionOrder order = OrderOf(snapshot, in claims, [node], want, streamClass);
        DispatchRequest request = Request(snapshot, in order, claims.BitRateKbps, stay: null, lookOnly: true);
        Dispatcher.Decide(snapshot, in request, out decision);
    }

    /// <summary>
    /// Sends a viewer of whom no more will be heard: a redirect. Room is taken as for a session, and counts until the node's own reports show it; he leaves by them too.
    /// </summary>
    public DispatchOutcome Send(RoutingSnapshot snapshot, in SessionOrder order, out Decision decision) => Ask(snapshot, in order, lookOnly: false, out decision);

    /// <summary>Says where a session would go, holding nothing, and why.</summary>
    public DecisionTrace Explain(RoutingSnapshot snapshot, in SessionOrder order)
    {
        DispatchRequest request = Request(snapshot, in order, Weight(snapshot, in order), stay: null, lookOnly: true);
        return DecisionTrace.Take(snapshot, in request);
    }

    /// <summary>Opens a session.</summary>
    /// <param name="snapshot">The snapshot the caller read.</param>
    /// <param name="order">What is asked.</param>
    /// <param name="previous">The session that this one follows, with a token that holds; it is ended, and its node preferred. Null for none.</param>
    /// <param name="decision">Candidates in order.</param>
    /// <param name="claims">What the new token says.</param>
    /// <returns>False when nothing can serve (see the decision's outcome) or the table is full (its outcome is a placement then).</returns>
    public bool TryOpen(RoutingSnapshot snapshot, in SessionOrder order, in SessionClaims? previous, out Decision decision, out SessionClaims claims)
    {
        claims = default;
        int? stay = previous is { } before && before.Stream == order.Stream && before.Kind == order.Kind
            && snapshot.Fleet.TryFindNodeByNumber(before.Node, out int node) ? node : null;
        long kbps = Weight(snapshot, in order);
        DispatchRequest request = Request(snapshot, order with { Self = previous?.Session }, kbps, stay, lookOnly: false);
        ulong identity = NextIdentity();
        DecisionTrace? trace = Trace(snapshot, in request, identity);
        Dispatcher.Decide(snapshot, in request, out decision);
        if (trace is not null) Tell(DecisionCause.Opened, identity, snapshot, trace, in order, in decision, stay);
        _usage?.Decided(snapshot, order.Row, order.Tenant, in decision);
        if (decision.Refused) return false;
        long lifetimeS = LifetimeS(order.RenewalS);
        int cell = snapshot.Candidates.Cells[order.Cell].Number;
        if (!_table.TryOpen(decision[0].Node, cell, kbps, _clock.NowS + lifetimeS, out ulong handle, snapshot.As(order.Class).Slot)) return false;
        if (previous is { } ended) Close(in ended);
        claims = new SessionClaims(
            identity, handle, cell, NumberOf(snapshot, decision[0].Node)!.Value, order.Stream, (int)kbps,
            _rules.Replica, order.Kind, order.Protocols, TokenEndsAt(lifetimeS));
        if (order.Kind == SessionKind.Publish) Publishers.Note(snapshot, in claims, previous?.Session);
        return true;
    }

    /// <summary>
    /// Renews a session, and moves it when its node is no longer to be used and another has room. From a node that still serves it is only asked to move: it is held
    /// there until it comes with the new token, so that an answer that gets lost loses nobody.
    /// </summary>
    /// <param name="snapshot">The snapshot the caller read.</param>
    /// <param name="claims">What its token said; on return what the new one says.</param>
    /// <param name="decision">Where to go, for a move.</param>
    /// <param name="rttMs">What the player measured to the node that he plays from, ms; null when he did not.</param>
    /// <param name="network"><see cref="ViewerHash.OfNetwork"/> of his address.</param>
    /// <param name="streamClass">Number of the stream's class, by the snapshot's classifier.</param>
    /// <param name="renewalS">When it is to be renewed next, s; null for the time between two beats.</param>
    /// <param name="tenant">Tenant of the key that the beat came with; null for none.</param>
    public BeatAction Beat(
        RoutingSnapshot snapshot, ref SessionClaims claims, out Decision decision, double? rttMs = null, ulong network = 0, int streamClass = 0,
        int? renewalS = null, string? tenant = null)
    {
        decision = default;
        long lifetimeS = LifetimeS(renewalS);
        BeatAction found = Renew(snapshot, ref claims, lifetimeS, streamClass, out int node, tenant);
        if (found != BeatAction.Stay) return found;
        if (claims.Kind == SessionKind.Publish) Publishers.Note(snapshot, in claims); // one of before a restart, or of another replica
        claims = claims with { ExpiresAtUnixS = TokenEndsAt(lifetimeS), Node = NumberOf(snapshot, node) ?? claims.Node };
        bool known = NumberOf(snapshot, node) is not null;
        if (known && rttMs is { } ms) Measured(snapshot, in claims, node, ms, network);
        bool barred = known && IsBarred(snapshot, in claims, node, streamClass);
        if (known && !barred && !MustLeave(snapshot, node))
            return TryRelocate(snapshot, ref claims, node, streamClass, out decision) ? BeatAction.Move : BeatAction.Stay;
        bool moves = known && !barred && snapshot.Node(node).Eligibility == Eligibility.Drained
            ? TryOffer(snapshot, ref claims, node, streamClass, out decision)
            : TryMove(DecisionCause.Left, snapshot, ref claims, node, known, streamClass, out decision);
        if (moves) return BeatAction.Move;
        if (!barred) return BeatAction.Stay;
        Close(in claims); // law goes before service: what may not serve him does not serve him on
        return BeatAction.Fenced;
    }

    /// <summary>Gives a viewer whose node failed another one. Only the node that holds the session is counted as failing.</summary>
    /// <param name="snapshot">The snapshot the caller read.</param>
    /// <param name="claims">What the token said; on return what the new one says.</param>
    /// <param name="failed">Index of the node that failed; null when the fleet has no such node (any more).</param>
    /// <param name="decision">Candidates without that node; a refusal when nothing else can serve.</param>
    /// <param name="streamClass">Number of the stream's class, by the snapshot's classifier.</param>
    /// <param name="tenant">Tenant of the key that the call came with; null for none.</param>
    /// <param name="playing">Index of the spare node that he has gone to by himself; kept when it may be named and has room. Null when he waits.</param>
    public BeatAction Failover(
        RoutingSnapshot snapshot, ref SessionClaims claims, int? failed, out Decision decision, int streamClass = 0, string? tenant = null, int? playing = null)
    {
        decision = default;
        long lifetimeS = LifetimeS();
        BeatAction found = Renew(snapshot, ref claims, lifetimeS, streamClass, out int node, tenant);
        if (found != BeatAction.Stay) return found;
        claims = claims with { ExpiresAtUnixS = TokenEndsAt(lifetimeS) };
        bool known = NumberOf(snapshot, node) is not null;
        if (failed == node && known) _control.CountFailure(node, claims.Handle);
        if (failed != node && known && !MustLeave(snapshot, node) && !IsBarred(snapshot, in claims, node, streamClass))
        {
            // It has moved already (a repeated call), or a fallback failed: it stays on the node that holds it.
            claims = claims with { Node = NumberOf(snapshot, node)!.Value };
            ReadOnlySpan<int> exclude = failed is { } other ? [other] : [];
            DispatchRequest again = Request(snapshot, OrderOf(snapshot, in claims, exclude, 3, streamClass), claims.BitRateKbps, node, lookOnly: true);
            Dispatcher.Decide(snapshot, in again, out decision);
            return BeatAction.Stay;
        }
        int? stay = playing == node ? null : playing;
        return TryMove(DecisionCause.Failed, snapshot, ref claims, node, known, streamClass, out decision, stay) ? BeatAction.Move : BeatAction.Stay;
    }

    /// <summary>
    /// True while a session lives here, whatever its token says of its end: the table counts by a clock that never steps, the token by the
    /// calendar, which may be set.
    /// </summary>
    public bool IsLive(in SessionClaims claims) => HandleOf(in claims) is { } handle && _table.IsLive(handle);

    /// <summary>True when a session is this replica's: opened here, or taken over. A token that names another replica may be of a session that was.</summary>
    public bool IsOurs(in SessionClaims claims) => claims.Replica == _rules.Replica || _adoptions.Find(claims.Session) is not null;

    /// <summary>Sessions of other replicas that were taken over, since the start.</summary>
    public long Adopted => Volatile.Read(ref _adopted);

    /// <summary>
    /// True for a token of an earlier start that has run out though its player may have beaten in vain: while nobody was here to hear it, a token ages all the same. For as
    /// long as a token can last after the start, what ran out so shortly before it or since is taken over like one that still holds.
    /// </summary>
    public bool RanOutUnheard(in SessionClaims claims)
    {
        long longestS = _rules.LongestLifetimeS, sinceStartS = _clock.NowS;
        return !IsOfThisStart(in claims) && sinceStartS < longestS && claims.ExpiresAtUnixS + longestS >= _clock.UnixS - sinceStartS;
    }

    /// <summary>Ends a session.</summary>
    /// <returns>False when it had ended already, or never was here.</returns>
    public bool Close(in SessionClaims claims) => HandleOf(in claims) is { } handle && _table.TryClose(handle, out _);

    /// <summary>Lets time pass: forgets adoptions and publishers whose sessions have ended.</summary>
    public void Tick()
    {
        _adoptions.Forget(_clock.NowS);
        Publishers.Forget();
    }

    private void Measured(RoutingSnapshot snapshot, in SessionClaims claims, int node, double ms, ulong network)
    {
        if (_control.Rtts is not { } book) return;
        if (HandleOf(in claims) is not { } handle || !_table.TryMarkMeasured(handle, _clock.NowS, book.ApartS)) book.Reject();
        else book.Offer(new RttSample(claims.Cell, snapshot.Fleet.Sites[snapshot.Fleet.SiteOf(node)]!.Number, network, (float)ms));
    }

    /// <summary>Where the table keeps a session; null when it was never here.</summary>
    private ulong? HandleOf(in SessionClaims claims) => IsOfThisStart(in claims) ? claims.Handle : _adoptions.Find(claims.Session);

    /// <summary>True when this start made the handle of a token. Another replica may have made the same number.</summary>
    private bool IsOfThisStart(in SessionClaims claims) => claims.Replica == _rules.Replica && _table.IsOurs(claims.Handle);

    private BeatAction Renew(RoutingSnapshot snapshot, ref SessionClaims claims, long lifetimeS, int streamClass, out int node, string? tenant)
    {
        long deadlineS = _clock.NowS + lifetimeS;
        if (IsOfThisStart(in claims))
        {
            if (!_table.TryBeat(claims.Handle, deadlineS, out node, out long longerS)) return BeatAction.Ended;
            _usage?.Carried(snapshot, node, tenant, longerS * claims.BitRateKbps);
            _table.Classify(claims.Handle, snapshot.As(streamClass).Slot);
            TakeUp(snapshot, in claims, ref node);
            return BeatAction.Stay;
        }
        // Opened by an earlier start of this replica, or by one that cannot be asked: taken over, once, however many beats arrive with the old token.
        if (!snapshot.Fleet.TryFindNodeByNumber(claims.Node, out node)) return BeatAction.Ended;
        if (!_adoptions.TryAdopt(claims.Session, node, claims.Cell, claims.BitRateKbps, deadlineS, _clock.NowS, out ulong handle, out bool isNew)) return BeatAction.Full;
        if (isNew && claims.Replica != _rules.Replica) Interlocked.Increment(ref _adopted);
        claims = claims with { Handle = handle, Replica = _rules.Replica };
        _table.Classify(handle, snapshot.As(streamClass).Slot);
        return _table.TryBeat(handle, deadlineS, out node) ? BeatAction.Stay : BeatAction.Ended;
    }

    /// <summary>A token that names the node to which its session was asked to go shows that the viewer has got there.</summary>
    private void TakeUp(RoutingSnapshot snapshot, in SessionClaims claims, ref int node)
    {
        if (!snapshot.Fleet.TryFindNodeByNumber(claims.Node, out int gone) || gone == node) return;
        if (!_table.TryTakeUp(claims.Handle, node, gone, _clock.NowS)) return;
        _control.Drains.Gate.CountMoved(node);
        node = gone;
    }

    /// <summary>
    /// Asks a session on a drained node to move, when it is its turn and a receiver bears it: the best, or one that is little worse, the less little the longer the
    /// drain lasts.
    /// </summary>
    private bool TryOffer(RoutingSnapshot snapshot, ref SessionClaims claims, int from, int streamClass, out Decision decision)
    {
        decision = default;
        MigrationGate gate = _control.Drains.Gate;
        if (!gate.IsOpen(from, _table.MovedAtS(claims.Handle), _clock.NowS)) return false;
        SessionOrder order = OrderOf(snapshot, in claims, [from], DispatchRequest.MaxWant, streamClass);
        DispatchRequest request = Request(snapshot, in order, claims.BitRateKbps, stay: null, lookOnly: true);
        Dispatcher.Decide(snapshot, in request, out Decision wished);
        if (wished.Outcome != DispatchOutcome.Placed)
        {
            gate.FoundNoRoom(from, _clock.NowMs); // nobody is moved to where he would be served only because nothing else is left
            return false;
        }
        request = Request(snapshot, in order, claims.BitRateKbps, stay: null, lookOnly: true, gate.Waiting);
        DecisionTrace? trace = Trace(snapshot, in request, claims.Session);
        Dispatcher.Decide(snapshot, in request, out decision);
        if (decision.Outcome != DispatchOutcome.Placed) decision = default;
        StreamEntry stream = snapshot.Streams.Find(claims.Stream, request.WarmEpoch);
        if (!gate.TryPass(from, in wished, in decision, claims.BitRateKbps, stream, _clock.NowMs, out int chosen)) return false;
        decision.Lead(chosen, OfferedCandidates);
        if (!TryOffer(snapshot, ref claims, from, in request, in decision)) return false;
        if (trace is not null) Tell(DecisionCause.Drained, claims.Session, snapshot, trace, in order, in decision, from);
        return true;
    }

    /// <summary>Asks a session on a node that serves to move, where the load of this moment makes it well worth it and both sites bear it.</summary>
    private bool TryRelocate(RoutingSnapshot snapshot, ref SessionClaims claims, int from, int streamClass, out Decision decision)
    {
        decision = default;
        if (claims.Kind != SessionKind.Play || snapshot.Frozen) return false;
        MigrationGate gate = _control.Drains.Gate;
        int site = snapshot.Fleet.SiteOf(from);
        if (!gate.MayRelocate(site, _table.MovedAtS(claims.Handle), _clock.NowS) || _table.IsAsked(claims.Handle)) return false;
        SessionOrder order = OrderOf(snapshot, in claims, [from], OfferedCandidates, streamClass);
        DispatchRequest request = Request(snapshot, in order, claims.BitRateKbps, stay: null, lookOnly: true);
        if (Relocation.GainMs(snapshot, in request, site) < MigrationPacer.GainMs) return false;
        DecisionTrace? trace = Trace(snapshot, in request, claims.Session);
        Dispatcher.Decide(snapshot, in request, out decision);
        if (decision.Outcome != DispatchOutcome.Placed || decision[0].Site == site) return false; // the better one speaks another protocol, or is full
        bool pulls = !snapshot.Streams.Find(claims.Stream, request.WarmEpoch).IsWarmAt(decision[0].Site);
        if (!gate.TryRelocate(site, decision[0].Site, claims.BitRateKbps, pulls) || !TryOffer(snapshot, ref claims, from, in request, in decision)) return false;
        if (trace is not null) Tell(DecisionCause.Relocated, claims.Session, snapshot, trace, in order, in decision, from);
        return true;
    }

    /// <summary>Holds the place that a session is asked to go to. Another request may have taken the room since it was looked for; the next beat asks again.</summary>
    private bool TryOffer(RoutingSnapshot snapshot, ref SessionClaims claims, int from, in DispatchRequest request, in Decision decision)
    {
        (int node, int site) = (decision[0].Node, decision[0].Site);
        if (!snapshot.Load.TryTake(node, site, claims.BitRateKbps) || !_table.TryOffer(claims.Handle, from, node)) return false;
        snapshot.Streams.Warm(claims.Stream, site, request.WarmEpoch);
        claims = claims with { Node = NumberOf(snapshot, node)!.Value };
        return true;
    }

    private bool TryMove(
        DecisionCause cause, RoutingSnapshot snapshot, ref SessionClaims claims, int from, bool known, int streamClass, out Decision decision, int? stay = null)
    {
        ReadOnlySpan<int> exclude = known ? [from] : [];
        SessionOrder order = OrderOf(snapshot, in claims, exclude, OfferedCandidates, streamClass);
        DispatchRequest request = Request(snapshot, in order, claims.BitRateKbps, stay, lookOnly: false);
        DecisionTrace? trace = Trace(snapshot, in request, claims.Session);
        Dispatcher.Decide(snapshot, in request, out decision);
        if (trace is not null) Tell(cause, claims.Session, snapshot, trace, in order, in decision, known ? from : null);
        if (decision.Refused) return false;
        int to = decision[0].Node;
        if (!_table.TryMove(claims.Handle, from, to, _clock.NowS)) return false;
        claims = claims with { Node = NumberOf(snapshot, to)!.Value };
        return true;
    }

    /// <summary>The reasons of a decision that is about to be made on a session, where somebody keeps them; null on nearly every request.</summary>
    private DecisionTrace? Trace(RoutingSnapshot snapshot, in DispatchRequest request, ulong session) =>
        _observer is { } observer && observer.Observes(session) ? DecisionTrace.Take(snapshot, in request) : null;

    private void Tell(
        DecisionCause cause, ulong session, RoutingSnapshot snapshot, DecisionTrace trace, in SessionOrder order, in Decision decision, int? from) =>
        _observer!.Observe(new ObservedDecision(
            session, cause, snapshot.As(order.Class), trace, decision, from, order.Stream, order.Name.IsEmpty ? null : Encoding.ASCII.GetString(order.Name), order.Cell, order.Row,
            order.Kind, order.Protocols));

    private DispatchRequest Request(RoutingSnapshot snapshot, in SessionOrder order, long kbps, int? stay, bool lookOnly, ReadOnlySpan<bool> avoid = default)
    {
        DispatchRequest request = new()
        {
            Cell = order.Cell,
            Row = order.Row,
            Class = order.Class,
            Stream = order.Stream,
            Viewer = ViewerHash.Of(order.Viewer, order.Stream),
            Kbps = kbps,
            Role = order.Kind == SessionKind.Publish ? NodeRoles.Ingest : NodeRoles.Edge,
            Protocols = order.Protocols,
            Exclude = order.Exclude,
            Avoid = avoid,
            Stay = stay,
            WarmEpoch = StreamTable.EpochOf(_clock.NowS),
            Want = order.Want,
            LookOnly = lookOnly,
        };
        return order.Kind == SessionKind.Publish ? Publishers.Around(snapshot, request, order.Self) : request;
    }

    private DispatchOutcome Ask(RoutingSnapshot snapshot, in SessionOrder order, bool lookOnly, out Decision decision)
    {
        DispatchRequest request = Request(snapshot, in order, Weight(snapshot, in order), stay: null, lookOnly);
        Dispatcher.Decide(snapshot, in request, out decision);
        return decision.Outcome;
    }

    private long Weight(RoutingSnapshot snapshot, in SessionOrder order)
    {
        int normal = order.Kind == SessionKind.Publish ? _rules.PublishKbps : snapshot.Streams.Find(order.Stream, StreamTable.EpochOf(_clock.NowS)).MeanKbps ?? _rules.PlayKbps;
        if (order.BitRateBps is not { } hint) return normal;
        return Math.Clamp(hint / 1_000, Math.Max(1, normal / SessionRules.HintFactor), (long)normal * SessionRules.HintFactor);
    }

    private long LifetimeS(int? renewalS = null) => SessionRules.LifetimeOf(renewalS ?? HeartbeatS);

    private uint TokenEndsAt(long lifetimeS) => (uint)(_clock.UnixS + lifetimeS);

    private ulong NextIdentity()
    {
        // SplitMix64: a bijection, so that no two sessions of one start share an identity.
        ulong z = _salt + ((ulong)Interlocked.Increment(ref _opened) * 0x9E3779B97F4A7C15UL);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
