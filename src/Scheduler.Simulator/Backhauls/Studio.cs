using System.Collections.Immutable;
using Scheduler.Simulator.Nodes;
using Scheduler.Simulator.Worlds;

namespace Scheduler.Simulator.Backhauls;

/// <summary>All publishers: one a stream, in the stream's own country. Each beats, and moves when it is told to: to the new node first, then from the old one.</summary>
internal sealed class Studio
{
    private const int TicksPerS = 1_000 / Simulation.TickMs;

    /// <summary>Time between two beats of a publisher, ticks.</summary>
    private const int BeatTicks = 10 * TicksPerS;

    /// <summary>Time until what a publisher sends to another node arrives there, ticks.</summary>
    private const int ConnectTicks = TicksPerS;

    /// <summary>How long he sends to both, ticks: until reports have told of the new one.</summary>
    private const int OverlapTicks = 4 * TicksPerS;

    /// <summary>How long before its pulls a stream's publisher leaves a site that drains, s: a beat, the move itself, and a report.</summary>
    private const double LeadS = 20;

    private readonly World _world;
    private readonly NodeFarm _farm;
    private readonly ulong[] _names;
    private Publisher[] _publishers = [];
    private readonly HashSet<int>[] _byNode;
    private readonly List<int> _moving = [];

    /// <summary>Nobody sends yet.</summary>
    /// <param name="world">The world.</param>
    /// <param name="farm">The nodes.</param>
    /// <param name="names">Hash of each stream's name.</param>
    public Studio(World world, NodeFarm farm, ulong[] names)
    {
        (_world, _farm, _names) = (world, farm, names);
        _byNode = [.. world.Fleet.Nodes.Select(_ => new HashSet<int>())];
    }

    /// <summary>Lets every publisher begin.</summary>
    /// <param name="countries">Country of each stream.</param>
    /// <param name="parents">Tells where each sends to.</param>
    /// <param name="seed">Seed of where they are.</param>
    public void Open(ImmutableArray<string> countries, IParents parents, int seed)
    {
        var chance = new Chance(seed, Purposes.Publishers);
        Dictionary<string, WorldCell[]> cells = _world.Cells.GroupBy(cell => cell.Cell.Country).ToDictionary(g => g.Key, g => g.ToArray());
        var publishers = new Publisher[_names.Length];
        for (int stream = 0; stream < publishers.Length; stream++)
        {
            int cell = Draw(cells[countries[stream]], chance).MapIndex;
            int entry = parents.Publish(_names[stream], cell, null) ?? throw new InvalidOperationException("no IDC takes publishers in");
            publishers[stream] = new Publisher(cell, entry);
            _byNode[entry].Add(stream);
        }
        _publishers = publishers;
    }

    /// <summary>Publishers there are.</summary>
    public int Count => _publishers.Length;

    /// <summary>Times that a publisher was told to move.</summary>
    public int Moves { get; private set; }

    /// <summary>Publishers who were told so at least once.</summary>
    public int Moved { get; private set; }

    /// <summary>Streams whose publisher sends to nodes of a site.</summary>
    public int CountAt(Range nodes)
    {
        int count = 0;
        foreach (HashSet<int> streams in _byNode[nodes]) count += streams.Count;
        return count;
    }

    /// <summary>The node that a stream's publisher sends to, or is about to leave.</summary>
    public int EntryOf(int stream) => _publishers[stream].Entry;

    /// <summary>True where a stream arrives.</summary>
    public bool SendsTo(int stream, int node, int tick) => _publishers[stream].SendsTo(node, tick);

    /// <summary>Hashes of the streams that arrive at a node.</summary>
    public ImmutableArray<ulong> ArrivingAt(int node, int tick) => [.. _byNode[node].Where(s => _publishers[s].SendsTo(node, tick)).Order().Select(s => _names[s])];

    /// <summary>Lets a tenth of a second pass.</summary>
    /// <param name="tick">Which.</param>
    /// <param name="parents">Whoever tells publishers where to send.</param>
    /// <param name="arrived">Is told that a stream begins to arrive at a node.</param>
    /// <param name="left">Is told that it ended.</param>
    public void Tick(int tick, IParents parents, Action<int, int> arrived, Action<int, int> left)
    {
        for (int i = _moving.Count - 1; i >= 0; i--)
        {
            Publisher publisher = _publishers[_moving[i]];
            if (tick == publisher.BothFrom) arrived(_moving[i], publisher.Next!.Value);
            if (tick < publisher.BothFrom + OverlapTicks) continue;
            int old = publisher.Entry, stream = _moving[i];
            publisher.End();
            _byNode[old].Remove(stream);
            _moving.RemoveAt(i);
            parents.Homes.Ended(_names[stream], old); // he says so
            left(stream, old);
        }
        for (int stream = tick % BeatTicks; stream < _publishers.Length; stream += BeatTicks) Beat(stream, tick, parents);
    }

    private void Beat(int stream, int tick, IParents parents)
    {
        Publisher publisher = _publishers[stream];
        EdgeNode entry = _farm.Nodes[publisher.Entry];
        if (publisher.Next is not null || (entry.Alive && !parents.MustLeave(_names[stream], entry.Site, LeadS))) return;
        if (parents.Publish(_names[stream], publisher.Cell, publisher.Entry) is not { } next || next == publisher.Entry) return;
        Moves++;
        Moved += publisher.Moves == 0 ? 1 : 0;
        publisher.Begin(next, tick + ConnectTicks);
        _byNode[next].Add(stream);
        _moving.Add(stream);
    }

    private static WorldCell Draw(WorldCell[] cells, Chance chance)
    {
        double left = chance.NextDouble() * cells.Sum(c => c.Mbps);
        int place = 0;
        while (place < cells.Length - 1 && (left -= cells[place].Mbps) > 0) place++;
        return cells[place];
    }
}
