using System.Collections.Immutable;
using Scheduler.Core.Dispatch;
using Scheduler.Simulator.Measures;
using Scheduler.Simulator.Nodes;
using Scheduler.Simulator.Policies;
using Scheduler.Simulator.Scenarios;
using Scheduler.Simulator.Worlds;

namespace Scheduler.Simulator.Viewers;

/// <summary>
/// All viewers: who comes when and watches what, and what each does until he leaves. A viewer asks, connects some hundred milliseconds later, plays,
/// beats, and leaves when his time is over; a node that does not answer he reports, a refusal he waits out.
/// </summary>
internal sealed class Crowd
{
    private const int TicksPerS = 1_000 / Simulation.TickMs;

    /// <summary>Refusals in a row after which a viewer gives up.</summary>
    private const int Patience = 3;

    /// <summary>Time a viewer waits after a refusal: what <c>Retry-After</c> says, s.</summary>
    private const int RetryS = 5;

    /// <summary>Share of viewers who leave without a word; their sessions end when their beats stop.</summary>
    private const double Vanishing = 0.1;

    private readonly World _world;
    private readonly Scenario _scenario;
    private readonly NodeFarm _farm;
    private readonly IDispatchPolicy _policy;
    private readonly RunMeter _meter;
    private readonly EventWheel _wheel;
    private readonly StreamMix _mix;
    private readonly RttProbe _probe;
    private readonly Chance _arrivals;
    private readonly Chance _who;
    private readonly Chance _ways;
    private readonly double[] _rates;
    private readonly double[] _surges;
    private readonly double[] _shapes;
    private readonly byte[] _homeReplica;
    private Viewer[] _viewers = new Viewer[1 << 16];
    private readonly Stack<int> _free = new();
    private int _used;

    /// <summary>Nobody yet.</summary>
    public Crowd(World world, NodeFarm farm, IDispatchPolicy policy, RunMeter meter, int ticks, int seed)
    {
        (_world, _scenario, _farm, _policy, _meter) = (world, world.Scenario, farm, policy, meter);
        _wheel = new EventWheel(ticks);
        _mix = new StreamMix(world.Cells, _scenario.Streams, _scenario.Zipf, new Chance(seed, Purposes.Streams));
        _probe = new RttProbe(world, seed);
        _arrivals = new Chance(seed, Purposes.Arrivals);
        _who = new Chance(seed, Purposes.Viewers);
        _ways = new Chance(seed, Purposes.Reconnects);
        // Little's law: arrivals a tick are live sessions over their mean length in ticks.
        _rates = [.. world.Cells.Select(cell => cell.Mbps * 1_000 / _scenario.SessionKbps / (_scenario.SessionS * TicksPerS))];
        _surges = [.. _rates.Select(_ => 1.0)];
        _shapes = new double[_rates.Length];
        _homeReplica = HomeReplicas(world);
    }

    /// <summary>Country of each stream.</summary>
    public ImmutableArray<string> StreamCountries => _mix.Countries;

    /// <summary>Viewers there are, served or not.</summary>
    public int Live { get; private set; }

    /// <summary>Viewers who came, those of the beginning included.</summary>
    public long Arrived { get; private set; }

    /// <summary>Viewers who left when their time was over.</summary>
    public long Ended { get; private set; }

    /// <summary>Viewers who gave up after refusals.</summary>
    public long Lost { get; private set; }

    /// <summary>The viewers' places; those of the state <see cref="ViewerState.Free"/> are empty.</summary>
    public ReadOnlySpan<Viewer> Places => _viewers.AsSpan(0, _used);

    /// <summary>Multiplies the arrivals of a cell.</summary>
    public void Surge(int cell, double factor) => _surges[cell] *= factor;

    /// <summary>Round-trip times to some site have changed.</summary>
    public void RttsChanged() => _meter.Recount(Places);

    /// <summary>Lets the viewers in who have been there since before the run.</summary>
    /// <param name="placement">Which node takes the next viewer of a cell.</param>
    public void Settle(InitialPlacement placement)
    {
        for (int cell = 0; cell < _world.Cells.Length; cell++)
        {
            double mean = _rates[cell] * _scenario.SessionS * TicksPerS * ShapeAt(0, cell);
            for (int left = _arrivals.NextPoisson(mean); left > 0; left--)
            {
                int place = Come(cell, RemainingTicks());
                ref Viewer viewer = ref _viewers[place];
                viewer.Node = viewer.Target = placement.NextNode(cell);
                viewer.State = ViewerState.Playing;
                viewer.Held = true;
                _farm.Serve(viewer.Node, viewer.Replica, viewer.Stream, null, 0);
                _meter.Begins(in viewer);
                _policy.Inherit(place, in viewer);
                if (_policy.BeatTicks(viewer.Replica) is { } beat) Plan(_who.Next(beat), ViewerEventKind.Beat, place);
            }
        }
    }

    /// <summary>Lets a tenth of a second pass.</summary>
    public void Tick(int tick)
    {
        for (int cell = 0; cell < _rates.Length; cell++)
        {
            double mean = _rates[cell] * _surges[cell] * ShapeAt(tick, cell);
            for (int left = _arrivals.NextPoisson(mean); left > 0; left--)
            {
                int place = Come(cell, tick + LengthTicks());
                Ask(tick, place);
            }
        }
        if (_wheel.At(tick) is { } events)
        {
            for (int i = 0; i < events.Count; i++)
                if (_viewers[events[i].Viewer].Generation == events[i].Generation) Happen(tick, events[i]);
        }
        _wheel.Clear(tick);
    }

    /// <summary>Cuts off the viewers of some nodes: each says so some seconds later.</summary>
    public void NodesDied(int tick, HashSet<int> nodes)
    {
        for (int place = 0; place < _used; place++)
        {
            ref Viewer viewer = ref _viewers[place];
            if (viewer.State != ViewerState.Playing || !nodes.Contains(viewer.Node)) continue;
            Stop(ref viewer);
            viewer.Target = viewer.Node;
            Plan(tick + (2 * TicksPerS) + _ways.Next(3 * TicksPerS), ViewerEventKind.Failover, place);
        }
    }

    /// <summary>Cuts off all viewers of some cells: each asks again within five seconds.</summary>
    public void CellsCutOff(int tick, HashSet<int> cells)
    {
        for (int place = 0; place < _used; place++)
        {
            ref Viewer viewer = ref _viewers[place];
            if (viewer.State != ViewerState.Playing || !cells.Contains(viewer.Cell)) continue;
            Stop(ref viewer);
            Plan(tick + 1 + _ways.Next(5 * TicksPerS), ViewerEventKind.Reconnect, place);
        }
    }

    private void Happen(int tick, ViewerEvent what)
    {
        int place = what.Viewer;
        ref Viewer viewer = ref _viewers[place];
        switch (what.Kind)
        {
            case ViewerEventKind.Ask:
                Ask(tick, place);
                break;
            case ViewerEventKind.Connect:
                Connect(tick, place);
                break;
            case ViewerEventKind.Failover when viewer.State == ViewerState.Waiting:
                viewer.AdmittedIn = null;
                Send(tick, place, _policy.Failover(place, in viewer, viewer.Target));
                break;
            case ViewerEventKind.Reconnect when viewer.State == ViewerState.Waiting:
                viewer.AdmittedIn = null;
                Send(tick, place, _policy.Reconnect(place, in viewer));
                break;
            case ViewerEventKind.Beat:
                Beat(tick, place);
                break;
            case ViewerEventKind.Leave:
                Leave(place);
                break;
        }
    }

    private int Come(int cell, int endTick)
    {
        int place = _free.TryPop(out int free) ? free : _used++;
        if (place == _viewers.Length) Array.Resize(ref _viewers, _viewers.Length * 2);
        ref Viewer viewer = ref _viewers[place];
        viewer = new Viewer
        {
            Generation = viewer.Generation + 1,
            Cell = cell,
            Stream = _mix.Draw(cell, _who),
            EndTick = endTick,
            Replica = _scenario.Routing == Routing.Random ? (byte)_who.Next(_scenario.Replicas) : _homeReplica[cell],
            State = ViewerState.Waiting,
        };
        Arrived++;
        Live++;
        Plan(endTick, ViewerEventKind.Leave, place);
        return place;
    }

    private void Ask(int tick, int place)
    {
        ref Viewer viewer = ref _viewers[place];
        // What a session that there was is answered need not be a new place.
        viewer.AdmittedIn = viewer.Held ? null : AdmissionPeriod.Of(tick * (long)Simulation.TickMs);
        Send(tick, place, viewer.Held ? _policy.Reconnect(place, in viewer) : _policy.Open(place, in viewer));
    }

    private void Send(int tick, int place, int? node)
    {
        ref Viewer viewer = ref _viewers[place];
        _meter.Decided(node is null);
        if (node is { } target)
        {
            bool beats = !viewer.Held;
            viewer.Held = true;
            viewer.Refusals = 0;
            viewer.Target = target;
            Plan(tick + 2 + _ways.Next(TicksPerS), ViewerEventKind.Connect, place);
            if (beats && _policy.BeatTicks(viewer.Replica) is { } beat) Plan(tick + beat, ViewerEventKind.Beat, place);
            return;
        }
        if (++viewer.Refusals < Patience)
        {
            Plan(tick + (RetryS * TicksPerS), ViewerEventKind.Ask, place);
            return;
        }
        Lost++;
        Go(place);
    }

    private void Connect(int tick, int place)
    {
        ref Viewer viewer = ref _viewers[place];
        bool plays = viewer.State == ViewerState.Playing;
        if (plays && viewer.Node == viewer.Target) return;
        if (!_farm.Nodes[viewer.Target].Alive)
        {
            // Nobody answers. One who moves plays on where he is; one who has nothing says so after a second.
            if (!plays) Plan(tick + TicksPerS, ViewerEventKind.Failover, place);
            return;
        }
        if (plays) Stop(ref viewer);
        viewer.Node = viewer.Target;
        viewer.State = ViewerState.Playing;
        if (_farm.Serve(viewer.Node, viewer.Replica, viewer.Stream, viewer.AdmittedIn, tick * (long)Simulation.TickMs)) _meter.Pulled();
        _meter.Begins(in viewer);
    }

    private void Beat(int tick, int place)
    {
        ref Viewer viewer = ref _viewers[place];
        if (_policy.BeatTicks(viewer.Replica) is not { } beat) return;
        Plan(tick + beat, ViewerEventKind.Beat, place);
        if (viewer.State != ViewerState.Playing) return;
        double rttMs = _probe.Tell(place, in viewer, _farm.Nodes[viewer.Node].Site);
        if (_policy.Beat(place, in viewer, rttMs) is not { } node) return;
        if (viewer.Moves < byte.MaxValue) viewer.Moves++;
        _meter.Moved(in viewer);
        viewer.AdmittedIn = AdmissionPeriod.Of(tick * (long)Simulation.TickMs);
        viewer.Target = node;
        Plan(tick + 2 + _ways.Next(TicksPerS), ViewerEventKind.Connect, place);
    }

    private void Leave(int place)
    {
        Ended++;
        Go(place);
    }

    private void Go(int place)
    {
        ref Viewer viewer = ref _viewers[place];
        if (viewer.State == ViewerState.Playing) Stop(ref viewer);
        if (viewer.Held && _who.NextDouble() >= Vanishing) _policy.Close(place, in viewer);
        viewer.State = ViewerState.Free;
        viewer.Generation++;
        Live--;
        _free.Push(place);
    }

    private void Stop(ref Viewer viewer)
    {
        _farm.Release(viewer.Node, viewer.Replica, viewer.Stream);
        _meter.Ends(in viewer);
        viewer.State = ViewerState.Waiting;
    }

    private void Plan(int tick, ViewerEventKind kind, int place) => _wheel.Add(tick, new ViewerEvent(kind, place, _viewers[place].Generation));

    private double ShapeAt(int tick, int cell) => tick == 0 || _scenario.Diurnal
        ? _shapes[cell] = DayShape.Of(_scenario, (double)tick / TicksPerS, _world.Cells[cell].Cell.Location.Longitude)
        : _shapes[cell];

    private int LengthTicks() => Math.Max(1, (int)Math.Round(Length(_who.NextNormal(), 0) * TicksPerS));

    /// <summary>What is left for one who is met at a chance moment: long sessions are met more often, each at an even moment of its length.</summary>
    private int RemainingTicks() => Math.Max(1, (int)Math.Round(Length(_who.NextNormal(), _scenario.SessionSigma) * _who.NextDouble() * TicksPerS));

    /// <summary>A lognormal length, s; a shift of one sigma weighs each length by itself.</summary>
    private double Length(double normal, double shift) =>
        _scenario.SessionS * Math.Exp((_scenario.SessionSigma * (normal + shift)) - (_scenario.SessionSigma * _scenario.SessionSigma / 2));

    /// <summary>Cuts the cells by longitude into as many parts of equal demand as there are replicas.</summary>
    private static byte[] HomeReplicas(World world)
    {
        var home = new byte[world.Cells.Length];
        double total = world.Cells.Sum(cell => cell.Mbps), sum = 0;
        foreach (int cell in Enumerable.Range(0, home.Length).OrderBy(c => world.Cells[c].Cell.Location.Longitude).ThenBy(c => c))
        {
            home[cell] = (byte)Math.Min(world.Scenario.Replicas - 1, (int)(sum / total * world.Scenario.Replicas));
            sum += world.Cells[cell].Mbps;
        }
        return home;
    }
}
