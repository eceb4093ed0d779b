using System.Globalization;
using System.Text;
using Scheduler.Core.Sessions;
using Scheduler.Simulator.Backhauls;
using Scheduler.Simulator.Faults;
using Scheduler.Simulator.Measures;
using Scheduler.Simulator.Nodes;
using Scheduler.Simulator.Policies;
using Scheduler.Simulator.Viewers;
using Scheduler.Simulator.Worlds;

namespace Scheduler.Simulator;

/// <summary>
/// One policy in one world, tick by tick: faults, reports, the policy's own clockwork, then the viewers. One thread, no ambient time or chance: the
/// same arguments give the same result to the last bit.
/// </summary>
public sealed class Simulation
{
    /// <summary>Length of a tick, ms.</summary>
    public const int TickMs = 100;

    private const int TicksPerS = 1_000 / TickMs;

    /// <summary>How long the replicas have been up when the run begins, ms.</summary>
    private const int UpBeforeMs = 20_000;

    private readonly World _world;
    private readonly int _ticks;
    private readonly VirtualClock _clock = new();
    private readonly NodeFarm _farm;
    private readonly IDispatchPolicy _policy;
    private readonly Crowd _crowd;
    private readonly FaultSchedule _faults;
    private readonly RunMeter _meter;
    private readonly BackhaulSide? _backhaul;
    private readonly int _seed;

    /// <summary>Puts a run together and places the viewers who are there from the beginning as the optimum would.</summary>
    /// <param name="world">The world; changed by the run, so that each run needs its own.</param>
    /// <param name="policy">Name of the policy, of <see cref="PolicyNames.All"/>.</param>
    /// <param name="seed">Seed of all chance.</param>
    /// <exception cref="ArgumentException">There is no such policy.</exception>
    public Simulation(World world, string policy, int seed) : this(world, policy, seed, made => made)
    {
    }

    /// <summary>The same with an onlooker between the viewers and the policy.</summary>
    internal Simulation(World world, string policy, int seed, Func<IDispatchPolicy, IDispatchPolicy> watched)
    {
        ArgumentNullException.ThrowIfNull(world);
        _world = world;
        _ticks = (int)Math.Round(world.Scenario.DurationS * TicksPerS);
        ulong[] streams = [.. Enumerable.Range(0, world.Scenario.Streams).Select(NameHash)];
        _farm = new NodeFarm(world, streams, seed);
        // Replicas that start with the run would have to wait until nothing of an earlier life can be on its way.
        _clock.NowMs = -UpBeforeMs;
        IDispatchPolicy made = PolicyNames.Make(policy, world, streams, _clock, seed);
        _policy = watched(made);
        _meter = new RunMeter(world, _farm, policy, seed);
        _crowd = new Crowd(world, _farm, _policy, _meter, _ticks, seed);
        if (world.Scenario.Publishers)
        {
            Replica leader = (made as SchedulerPolicy)?.Leader ?? throw new ArgumentException($"\"{policy}\" knows no publishers; the product does", nameof(policy));
            _backhaul = new BackhaulSide(world, _farm, leader, _clock, streams);
        }
        _faults = new FaultSchedule(world, _farm, _crowd, new DrainOrders(world, _policy, _meter, _clock, _backhaul), _backhaul, seed);
        _seed = seed;
    }

    /// <summary>The viewers.</summary>
    internal Crowd Crowd => _crowd;

    /// <summary>The nodes.</summary>
    internal NodeFarm Farm => _farm;

    /// <summary>Is called at the end of every tick; null for nobody.</summary>
    internal Action? TickOver { get; set; }

    /// <summary>Runs to the end.</summary>
    /// <param name="progress">Is told about once a virtual second; null for none.</param>
    public RunResult Run(Action<RunProgress>? progress = null)
    {
        _clock.NowMs = 0;
        _policy.Tick(0);
        _crowd.Settle(_meter.InitialPlan());
        foreach (ReportCopy report in _farm.ReportAll(0)) Hear(in report, everyone: true);
        _policy.Tick(0);
        _backhaul?.Start(_crowd.StreamCountries, _seed);
        for (int tick = 0; tick < _ticks; tick++)
        {
            _clock.NowMs = (long)tick * TickMs;
            _faults.Tick(tick);
            foreach (ReportCopy report in _farm.Tick(tick)) Hear(in report, everyone: false);
            _policy.Tick(_clock.NowMs);
            _backhaul?.Listen(_clock.NowMs);
            _crowd.Tick(tick);
            _backhaul?.Tick(tick);
            _meter.Tick(tick, _crowd);
            TickOver?.Invoke();
            if (tick % TicksPerS == 0) progress?.Invoke(new RunProgress(tick / TicksPerS, _ticks / TicksPerS, _crowd.Live, _meter.PeakUtilisation));
        }
        RunResult result = _meter.Result(_crowd, _policy.Spills, _faults.FirstAtS);
        return _backhaul is null ? result : result with { Backhaul = _backhaul.Result() };
    }

    private void Hear(in ReportCopy report, bool everyone)
    {
        if (everyone || _faults.Reaches(0)) _backhaul?.Hear(in report);
        for (int replica = 0; replica < _world.Scenario.Replicas; replica++)
            if (everyone || _faults.Reaches(replica)) _policy.Hear(replica, in report);
    }

    private static ulong NameHash(int stream) =>
        StreamName.Hash(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"live-{stream}")));
}
