using Scheduler.Cli.Geo;
using Scheduler.Core.Capacity;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Geo;
using Scheduler.Core.Routing;
using Scheduler.Core.Sessions;
using Scheduler.Core.Topology;
using Scheduler.State;
using Scheduler.State.Control;
using Scheduler.State.Sites;

namespace Scheduler.Cli.Bench;

/// <summary>
/// What the decision is measured in: the bundled map, a generated fleet of 500 sites and 10,000 nodes that all report, at half load, and 20,000
/// streams that are warm here and there. The production control loop compiles it.
/// </summary>
internal sealed class BenchWorld
{
    private const int SiteCount = 500;
    private const int NodeCount = 10_000;
    private const int StreamCount = 20_000;
    private readonly SchedulerClock _clock = new(TimeProvider.System);

    /// <summary>Compiles the world; takes some seconds.</summary>
    /// <exception cref="FileNotFoundException">The bundled data is not there.</exception>
    public BenchWorld(int seed)
    {
        var random = new Random(seed);
        Map = BundledData.ReadMap();
        Fleet fleet = FleetGenerator.Generate(SiteCount, NodeCount, BundledData.ReadCities(), seed);
        CellLocator locator = CellLocator.TryCreate(Map, null, [], out CellLocator? made, out _)
            ? made
            : throw new InvalidDataException("the bundled map has no cells");
        Sessions = new SessionTable(1 << 20, 1, _clock.NowS);
        Control = new ControlLoop(_clock, ControlOptions.Default, Sessions, new SnapshotPublisher());
        Control.Apply(new Geography(locator, [.. Map.Cells.Select((cell, i) => new CellPlace(cell.Id, i + 1, cell.Country, cell.Location))]));
        Control.Apply(new Configuration(
            1, fleet, [], [], new FleetNumbers([.. Enumerable.Range(1, fleet.Sites.Length)], [.. Enumerable.Range(1, fleet.Nodes.Length)])));
        ReportAll(random);
        Control.Tick();
        Streams = new ulong[StreamCount];
        for (int i = 0; i < StreamCount; i++)
        {
            Streams[i] = (ulong)random.NextInt64();
            for (int warm = random.Next(1, 12); warm > 0; warm--) Snapshot.Streams.Warm(Streams[i], random.Next(SiteCount), Epoch);
        }
    }

    /// <summary>The bundled map.</summary>
    public CellMap Map { get; }

    /// <summary>The control loop.</summary>
    public ControlLoop Control { get; }

    /// <summary>The session table.</summary>
    public SessionTable Sessions { get; }

    /// <summary>Hashes of the streams that are played.</summary>
    public ulong[] Streams { get; }

    /// <summary>The snapshot in force.</summary>
    public RoutingSnapshot Snapshot => Control.Publisher.Current!;

    /// <summary>Now, monotonic ms.</summary>
    public long NowMs => _clock.NowMs;

    /// <summary>Now, in epochs of the stream table.</summary>
    public int Epoch => StreamTable.EpochOf(_clock.NowS);

    /// <summary>Random addresses that the map knows.</summary>
    public uint[] Addresses(int count, int seed)
    {
        var random = new Random(seed);
        var addresses = new uint[count];
        for (int i = 0; i < count;)
        {
            addresses[i] = (uint)random.NextInt64(1L << 32);
            if (Map.TryLocate(addresses[i], out _)) i++;
        }
        return addresses;
    }

    /// <summary>Every node reports half its capacity, give or take a fifth, and so opens its escrow anew.</summary>
    public void ReportAll(Random random)
    {
        long now = _clock.NowMs;
        foreach (SiteState site in Control.Sites)
        {
            foreach (NodeStatus node in site.Nodes)
            {
                long capacity = node.Node.Node.Capacity.Kbps;
                long egress = (long)(capacity * (0.3 + (0.4 * random.NextDouble())));
                var report = new NodeReport(
                    1, node.Report.Sequence + 1, null, capacity, egress, (int)(egress / 3_000), NodeState.Serving, null, [], [], []);
                site.Apply(node, in report, now, _clock.UnixMs);
            }
            site.Tick(now);
        }
    }
}
