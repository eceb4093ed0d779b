using System.Collections.Immutable;
using Scheduler.Core.Drains;
using Scheduler.Core.Routing;
using Scheduler.State.Sites;

namespace Scheduler.State.Drains;

/// <summary>
/// One drain in the course of time. The control tick drives it; request threads take from its allowance and leave word of what became of them. Nothing of it is
/// stored: target, ramp and start are, and with the time they tell the rest.
/// </summary>
/// <param name="drain">The order.</param>
internal sealed class DrainCourse(Drain drain)
{
    /// <summary>How long a session that found no room keeps telling that there is none, ms: two beats.</summary>
    private const long NoRoomHoldsMs = 60_000;

    /// <summary>How long a site counts as a receiver after the last session was sent there, ms.</summary>
    private const long ReceiverForMs = 30_000;

    /// <summary>Time over which the pace of leaving is measured, ms.</summary>
    private const long PaceWindowMs = 30_000;

    /// <summary>Time without anybody who was sent elsewhere, while some found no room, from which there is taken to be none, ms: one who found none is not everybody.</summary>
    private const long NobodySentMs = 5_000;

    private readonly Queue<(long AtMs, long Kbps)> _lefts = new();
    private MigrationBrake _together;
    private Allowance _leaving;
    private long _moved;
    private long _offeredAtMs = long.MinValue / 2;
    private long _noRoomAtMs = long.MinValue / 2;
    private long[] _sentAtMs = [];
    private long _startedAtMs;
    private long _nextStepMs;
    private long? _stepsLeftMs = 0;
    private long _assignedKbps;
    private long _closedAtMs;
    private long _arrivingKbps;

    /// <summary>The order.</summary>
    public Drain Drain { get; private set; } = drain;

    /// <summary>The target's nodes.</summary>
    public NodeStatus[] Nodes { get; private set; } = [];

    /// <summary>True once its time has come.</summary>
    public bool HasStarted { get; private set; }

    /// <summary>True once its time is over: it stays so though the calendar be set back.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Share of the target's free part that is open, in [0, 1].</summary>
    public double Admitting { get; private set; } = 1;

    /// <summary>True between its start and its end.</summary>
    public bool IsUnderWay => HasStarted && !HasEnded;

    /// <summary>True while sessions at the target are to move.</summary>
    public bool Migrates => IsUnderWay && Admitting <= 0;

    /// <summary>Why nobody is asked to move; null while they are.</summary>
    public DrainPause? Paused { get; private set; }

    /// <summary>Sites to which sessions were sent lately, and those of them that get nothing more for now.</summary>
    public int Receivers { get; private set; }

    /// <summary>Receivers that get nothing more for now, those that fail their players first, then the fullest.</summary>
    public ImmutableArray<WaitingReceiver> Waiting { get; private set; } = [];

    /// <summary>
    /// True when the gate is closed: what is known is old, or players are failed by those who take over, taken together. Where receivers are full it is not: there may be
    /// others for the next session, and how else would it be known that there is room again.
    /// </summary>
    public bool IsHeld { get; private set; }

    /// <summary>Sessions that have gone.</summary>
    public long Moved => Volatile.Read(ref _moved);

    /// <summary>Takes a new configuration's word for the same order.</summary>
    /// <param name="order">The order; its id is the same.</param>
    /// <param name="nodes">The nodes that the target stands for now.</param>
    /// <param name="sites">One over the greatest site index.</param>
    public void Become(Drain order, NodeStatus[] nodes, int sites)
    {
        (Drain, Nodes) = (order, nodes);
        if (_sentAtMs.Length >= sites) return;
        int before = _sentAtMs.Length;
        long[] grown = [.. _sentAtMs, .. new long[sites - before]];
        Array.Fill(grown, long.MinValue / 2, before, sites - before);
        Volatile.Write(ref _sentAtMs, grown);
    }

    /// <summary>Marks the sites of which no node is left.</summary>
    /// <param name="fleet">The fleet.</param>
    /// <param name="closing">By site index.</param>
    public void MarkWholeSites(FleetIndex fleet, Span<bool> closing)
    {
        foreach (IGrouping<int, NodeStatus> site in Nodes.GroupBy(node => node.Node.SiteIndex))
            if (fleet.Sites[site.Key] is { } there && there.Nodes.Length == site.Count()) closing[site.Key] = true;
    }

    /// <summary>Begins and ends the drain when its time comes, and takes the next step of its ramp.</summary>
    /// <param name="now">The calendar's time.</param>
    /// <param name="nowMs">Monotonic ms.</param>
    /// <param name="measure">Gives the target's free part and the receivers' headroom, and as what arrives all that was ever assigned to the target, kbit/s; asked at most once a step.</param>
    /// <returns>True when what is open to new sessions has changed.</returns>
    public bool Step(DateTimeOffset now, long nowMs, Func<DrainCourse, RampLoad> measure)
    {
        if (HasEnded) return false;
        if (!Drain.HoldsAt(now)) return HasEnded = true;
        if (!HasStarted) return now >= Drain.StartsAt && Start(now, nowMs, measure);
        if (Admitting <= 0) return false;
        if (Drain.Deadline <= now) return Leave(0, nowMs);
        if (nowMs < _nextStepMs) return false;
        _nextStepMs += DrainRamp.StepMs;
        RampLoad load = measure(this);
        // While it is being closed less arrives: the most that ever did is what would come if it were open.
        _arrivingKbps = Math.Max(_arrivingKbps, load.ArrivingKbps - _assignedKbps);
        _assignedKbps = load.ArrivingKbps;
        load = load with { ArrivingKbps = _arrivingKbps };
        bool changed = Leave(DrainRamp.Next(Admitting, DrainRamp.Wanted(nowMs - _startedAtMs, Drain.Ramp), load), nowMs);
        _stepsLeftMs = DrainRamp.RemainingMs(Admitting, RampLeftMs(nowMs), load);
        return changed;
    }

    /// <summary>Lets sessions leave at the pace of the moment.</summary>
    /// <param name="share">The part of the target that is this replica's, in (0, 1].</param>
    /// <param name="leftKbps">What our sessions there weigh.</param>
    /// <param name="now">The calendar's time.</param>
    /// <param name="ms">Time since the last call, ms.</param>
    public void Refill(double share, long leftKbps, DateTimeOffset now, long ms)
    {
        long capacity = 0;
        foreach (NodeStatus node in Nodes) capacity += node.HeardAtMs is null ? node.Node.Node.Capacity.Kbps : node.CapacityKbps;
        long? untilMs = Drain.Deadline is { } deadline ? (long)Math.Max(0, (deadline - now).TotalMilliseconds) : null;
        _leaving.Refill(MigrationPacer.SourcePace((long)(share * capacity), leftKbps, untilMs), ms);
    }

    /// <summary>How much dearer than the best site the one that a session is sent to may be now, ms-equivalents.</summary>
    public float DetourMs(long nowMs) => MigrationPacer.DetourMs(Math.Max(0, nowMs - Volatile.Read(ref _closedAtMs)));

    /// <summary>True while the pace lets somebody leave.</summary>
    public bool MayLeave => _leaving.HasAny;

    /// <summary>Takes what one session needs to leave.</summary>
    public bool TryLeave(long kbps) => _leaving.TryTake(kbps);

    /// <summary>The session stays after all.</summary>
    public void Stayed(long kbps) => _leaving.GiveBack(kbps);

    /// <summary>A session was sent to a site.</summary>
    public void Sent(int site, long nowMs)
    {
        Volatile.Write(ref _offeredAtMs, nowMs);
        long[] sent = Volatile.Read(ref _sentAtMs);
        if (site < sent.Length) Volatile.Write(ref sent[site], nowMs);
    }

    /// <summary>A session found no receiver with room.</summary>
    public void FoundNoRoom(long nowMs) => Volatile.Write(ref _noRoomAtMs, nowMs);

    /// <summary>A session has gone where it was sent.</summary>
    public void CountMoved() => Interlocked.Increment(ref _moved);

    /// <summary>True when sessions were sent to a site lately.</summary>
    public bool IsReceiver(int site, long nowMs) => site < _sentAtMs.Length && nowMs - Volatile.Read(ref _sentAtMs[site]) <= ReceiverForMs;

    /// <summary>A receiver that waits stays one, though nobody is sent there: it is why the drain takes longer.</summary>
    public void StaysReceiver(int site, long nowMs) => Volatile.Write(ref _sentAtMs[site], nowMs);

    /// <summary>Decides whether to stand still: when every receiver waits, when the receivers, taken together, fail their players, or when there is no room anywhere near.</summary>
    /// <param name="receivers">Sites to which sessions were sent lately.</param>
    /// <param name="waiting">Those of them that get nothing more, the worst first.</param>
    /// <param name="failing"><see cref="MigrationBrake.Failing"/> of all of them together.</param>
    /// <param name="bounds">How full a receiver may be.</param>
    /// <param name="frozen">True while most sites are silent.</param>
    /// <param name="nowMs">Monotonic ms.</param>
    public void Watch(int receivers, ImmutableArray<WaitingReceiver> waiting, double failing, ReceiverBounds bounds, bool frozen, long nowMs)
    {
        (Receivers, Waiting) = (receivers, waiting);
        _together.Update(0, failing, bounds);
        long offered = Volatile.Read(ref _offeredAtMs), none = Volatile.Read(ref _noRoomAtMs);
        bool noRoom = nowMs - none < NoRoomHoldsMs && none > offered && nowMs - offered >= NobodySentMs;
        IsHeld = frozen || _together.Cause is not null;
        Paused =
            frozen ? DrainPause.Frozen
            : _together.Cause ?? (waiting.Length > 0 && waiting.Length == receivers ? waiting[0].Cause : noRoom ? DrainPause.NoRoom : null);
    }

    /// <summary>Where the drain stands.</summary>
    /// <param name="isEmpty">True when nobody is left at the target.</param>
    public DrainPhase PhaseOf(bool isEmpty) =>
        HasEnded ? DrainPhase.Expired
        : !HasStarted ? DrainPhase.Planned
        : Admitting > 0 ? DrainPhase.Ramping
        : isEmpty ? DrainPhase.Drained
        : Paused is not null ? DrainPhase.Paused
        : DrainPhase.Migrating;

    /// <summary>How much longer than was asked for the ramp takes, ms.</summary>
    public long LateMs(long nowMs) => Admitting <= 0 || !HasStarted ? 0 : Math.Max(0, (_stepsLeftMs ?? 0) - RampLeftMs(nowMs));

    /// <summary>Time until the target is empty, ms; null while that cannot be said.</summary>
    /// <param name="leftKbps">What is left there.</param>
    /// <param name="nowMs">Monotonic ms.</param>
    public long? EmptyInMs(long leftKbps, long nowMs)
    {
        _lefts.Enqueue((nowMs, leftKbps));
        while (nowMs - _lefts.Peek().AtMs > PaceWindowMs) _lefts.Dequeue();
        (long sinceMs, long before) = _lefts.Peek();
        if (leftKbps == 0 && Migrates) return 0;
        if (!HasStarted || HasEnded || IsHeld) return null;
        if (Admitting > 0) return _stepsLeftMs;
        return before > leftKbps && nowMs > sinceMs ? (long)(leftKbps * (double)(nowMs - sinceMs) / (before - leftKbps)) : null;
    }

    private bool Start(DateTimeOffset now, long nowMs, Func<DrainCourse, RampLoad> measure)
    {
        HasStarted = true;
        _assignedKbps = measure(this).ArrivingKbps;
        // Where it starts late, as after a restart, it goes on as if it had kept to its time: then no share that was closed opens again.
        _startedAtMs = nowMs - (long)(now - Drain.StartsAt).TotalMilliseconds;
        _nextStepMs = nowMs + DrainRamp.StepMs;
        Leave(Drain.Deadline <= now ? 0 : DrainRamp.Wanted(nowMs - _startedAtMs, Drain.Ramp), nowMs);
        _stepsLeftMs = RampLeftMs(nowMs);
        return true;
    }

    /// <summary>Leaves a share of the free part open.</summary>
    /// <returns>True when it was another before.</returns>
    private bool Leave(double open, long nowMs)
    {
        if (open == Admitting) return false;
        if (open <= 0) Volatile.Write(ref _closedAtMs, nowMs);
        Admitting = open;
        return true;
    }

    private long RampLeftMs(long nowMs) => Math.Max(0, (long)Drain.Ramp.TotalMilliseconds - (nowMs - _startedAtMs));
}
