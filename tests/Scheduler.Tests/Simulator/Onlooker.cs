using System.Collections.Immutable;
using Scheduler.Core.Drains;
using Scheduler.Simulator;
using Scheduler.Simulator.Nodes;
using Scheduler.Simulator.Policies;
using Scheduler.Simulator.Viewers;
using Scheduler.Simulator.Worlds;

namespace Scheduler.Tests.Simulator;

/// <summary>Stands between the viewers and a policy, sees every call, and the state of the world at the end of every tick.</summary>
internal class Onlooker : IDispatchPolicy
{
    private IDispatchPolicy? _inner;
    private Simulation? _simulation;

    public World World { get; private set; } = null!;

    public Crowd Crowd => _simulation!.Crowd;

    public NodeFarm Farm => _simulation!.Farm;

    /// <summary>Virtual time of the tick that goes on, ms.</summary>
    public long NowMs { get; private set; }

    public long Spills => _inner!.Spills;

    public IDispatchPolicy Beside(IDispatchPolicy inner)
    {
        _inner = inner;
        return this;
    }

    public void Begin(World world, Simulation simulation)
    {
        (World, _simulation) = (world, simulation);
        simulation.TickOver = () =>
        {
            TickIsOver();
            NowMs += Simulation.TickMs;
        };
    }

    public virtual void Obey(ImmutableArray<Drain> drains) => _inner!.Obey(drains);

    public void Tick(long nowMs) => _inner!.Tick(nowMs);

    /// <summary>The viewers have done what they do in the tick of <see cref="NowMs"/>.</summary>
    public virtual void TickIsOver()
    {
    }

    public virtual void Hear(int replica, in ReportCopy report) => _inner!.Hear(replica, in report);

    public int? BeatTicks(int replica) => _inner!.BeatTicks(replica);

    public virtual void Inherit(int viewer, in Viewer who) => _inner!.Inherit(viewer, in who);

    public virtual int? Open(int viewer, in Viewer who) => _inner!.Open(viewer, in who);

    public virtual int? Reconnect(int viewer, in Viewer who) => _inner!.Reconnect(viewer, in who);

    public virtual int? Failover(int viewer, in Viewer who, int failed) => _inner!.Failover(viewer, in who, failed);

    public virtual int? Beat(int viewer, in Viewer who, double rttMs) => _inner!.Beat(viewer, in who, rttMs);

    public virtual void Close(int viewer, in Viewer who) => _inner!.Close(viewer, in who);
}
