using System.Collections.Immutable;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Drains;
using Scheduler.Core.Sessions;
using Scheduler.Simulator.Nodes;
using Scheduler.Simulator.Viewers;
using Scheduler.Simulator.Worlds;
using Scheduler.State.Planning;
using Scheduler.State.Sessions;

namespace Scheduler.Simulator.Policies;

/// <summary>The product: its own control loops, session desks and dispatchers, one of each a replica.</summary>
internal sealed class SchedulerPolicy : IDispatchPolicy
{
    private readonly World _world;
    private readonly ulong[] _streamNames;
    private readonly Replica[] _replicas;
    private readonly bool _plans;
    private SessionClaims[] _claims = new SessionClaims[1 << 16];
    private ulong _inherited;

    /// <summary>Puts the replicas together.</summary>
    /// <param name="world">The world.</param>
    /// <param name="streamNames">Hash of each stream's name.</param>
    /// <param name="clock">The virtual time.</param>
    /// <param name="plans">False to decide as when nobody plans.</param>
    public SchedulerPolicy(World world, ulong[] streamNames, VirtualClock clock, bool plans)
    {
        _plans = plans;
        _world = world;
        _streamNames = streamNames;
        _replicas = [.. Enumerable.Range(1, world.Scenario.Replicas).Select(number => new Replica(number, world, clock))];
    }

    /// <summary>The replica that plans, and tells nodes from where to pull.</summary>
    public Replica Leader => _replicas[0];

    /// <inheritdoc/>
    public long Spills { get; private set; }

    /// <inheritdoc/>
    public void Hear(int replica, in ReportCopy report) => _replicas[replica].Hear(in report);

    /// <inheritdoc/>
    public void Obey(ImmutableArray<Drain> drains)
    {
        foreach (Replica replica in _replicas) replica.Obey(drains);
    }

    /// <inheritdoc/>
    public void Tick(long nowMs)
    {
        foreach (Replica replica in _replicas) replica.Tick();
        if (_plans && nowMs % PlanRules.IntervalMs == 0) Plan();
    }

    /// <inheritdoc/>
    public int? BeatTicks(int replica) => _replicas[replica].Desk.HeartbeatS * 10;

    /// <inheritdoc/>
    public void Inherit(int viewer, in Viewer who) => Claims(viewer) = _replicas[who.Replica].EarlierClaims(
        ++_inherited, _world.Cells[who.Cell].MapIndex, who.Node, _streamNames[who.Stream], _world.Scenario.SessionKbps, (byte)(who.Replica + 1));

    /// <inheritdoc/>
    public int? Open(int viewer, in Viewer who) => Open(viewer, in who, null);

    /// <inheritdoc/>
    public int? Reconnect(int viewer, in Viewer who) => Open(viewer, in who, who.Held ? Claims(viewer) : null);

    /// <inheritdoc/>
    public int? Failover(int viewer, in Viewer who, int failed)
    {
        Replica replica = _replicas[who.Replica];
        BeatAction action = replica.Desk.Failover(replica.Snapshot, ref Claims(viewer), replica.IndexOf(failed), out Decision decision);
        return action switch
        {
            BeatAction.Move => Named(replica, in decision),
            BeatAction.Stay when Claims(viewer).Node != failed + 1 => Claims(viewer).Node - 1,
            BeatAction.Ended => Open(viewer, in who, null),
            _ => null,
        };
    }

    /// <inheritdoc/>
    public int? Beat(int viewer, in Viewer who, double rttMs)
    {
        Replica replica = _replicas[who.Replica];
        BeatAction action = replica.Desk.Beat(replica.Snapshot, ref Claims(viewer), out Decision decision, rttMs, Number(viewer, in who));
        return action == BeatAction.Move ? Named(replica, in decision) : null;
    }

    /// <inheritdoc/>
    public void Close(int viewer, in Viewer who) => _replicas[who.Replica].Desk.Close(in Claims(viewer));

    /// <summary>The first replica leads: it plans for the sessions of all, and tells all what it found.</summary>
    private void Plan()
    {
        Demand demand = Demand.None;
        foreach (Replica replica in _replicas) demand = demand.Plus(replica.Demand());
        if (_replicas[0].Plan(demand) is not { } prices) return;
        foreach (Replica replica in _replicas.AsSpan(1)) replica.Apply(prices);
    }

    private int? Open(int viewer, in Viewer who, SessionClaims? previous)
    {
        Replica replica = _replicas[who.Replica];
        int cell = _world.Cells[who.Cell].MapIndex;
        var order = new SessionOrder { Cell = cell, Row = cell, Stream = _streamNames[who.Stream], Viewer = Number(viewer, in who), Want = 3 };
        if (!replica.Desk.TryOpen(replica.Snapshot, in order, in previous, out Decision decision, out SessionClaims claims)) return null;
        Claims(viewer) = claims;
        return Named(replica, in decision);
    }

    private static ulong Number(int viewer, in Viewer who) => Chance.Mix(((ulong)(uint)viewer << 32) | (uint)who.Generation);

    private int Named(Replica replica, in Decision decision)
    {
        if (decision.Outcome == DispatchOutcome.Spilled) Spills++;
        return replica.NodeOf(decision[0].Node);
    }

    private ref SessionClaims Claims(int viewer)
    {
        if (viewer >= _claims.Length) Array.Resize(ref _claims, Math.Max(viewer + 1, _claims.Length * 2));
        return ref _claims[viewer];
    }
}
