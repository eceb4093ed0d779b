using System.Diagnostics;
using Scheduler.Core.Capacity;
using Scheduler.Core.Cost;
using Scheduler.Core.Routing;
using Scheduler.Core.Topology;
using Scheduler.Core.Upstreams;

namespace Scheduler.Cli.Bench;

/// <summary><c>upstream</c>: an edge node and a stream in, the ordered IDC nodes to pull from out, over the fleet of <see cref="BenchWorld"/>.</summary>
internal sealed class UpstreamBench : IBench
{
    private const int Requests = 1 << 16;

    /// <inheritdoc/>
    public string Name => "upstream";

    /// <inheritdoc/>
    public IEnumerable<BenchResult> Run()
    {
        var world = new BenchWorld(seed: 1);
        RoutingSnapshot snapshot = world.Snapshot;
        var random = new Random(2);
        IndexedNode[] nodes = [.. snapshot.Fleet.Nodes.OfType<IndexedNode>()];
        IndexedNode[] edges = [.. nodes.Where(node => snapshot.Fleet.Sites[node.SiteIndex]!.Site.Kind == SiteKind.Pop)];
        IndexedNode[] entries = [.. nodes.Where(node => (node.Node.Roles & NodeRoles.Ingest) != 0)];
        var homes = new StreamHomes();
        foreach (ulong stream in world.Streams) homes.Arrived(stream, entries[random.Next(entries.Length)].Index, 0);
        UpstreamTable table = UpstreamTable.Build(snapshot.Fleet, SiteCost.Default.PriceWeight);
        var links = new LinkLoads(table, LoadPenalty.Default);
        for (int way = 0; way < table.Count; way++)
            if (table.Way(way) is { Link: not null } link) links.Assign(way, (long)(link.CapacityKbps * 0.7 * random.NextDouble()));
        var view = new UpstreamView(snapshot, table, homes, links, ParentDrains.None, UpstreamPolicy.Default);
        UpstreamQuestion[] questions = [.. Enumerable.Range(0, Requests).Select(_ => new UpstreamQuestion(
            world.Streams[random.Next(world.Streams.Length)], edges[random.Next(edges.Length)].Index, 3_000, world.Epoch))];
        yield return Measurement.Of("upstream", Requests, () =>
        {
            long sum = 0;
            Span<UpstreamParent> parents = stackalloc UpstreamParent[4];
            foreach (ref readonly UpstreamQuestion question in questions.AsSpan())
            {
                if (UpstreamChooser.Choose(view, in question, parents).Count == 0) throw new UnreachableException("a stream with a home got no parent at half load");
                sum += parents[0].Node;
            }
            return sum;
        });
    }
}
