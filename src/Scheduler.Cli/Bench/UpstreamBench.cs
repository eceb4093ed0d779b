using Scheduler.Core.Cost;
using Scheduler.Core.Routing;
using Scheduler.Core.Topology;
using Scheduler.Core.Upstreams;

namespace Scheduler.Cli.Bench;

/// <summary><c>upstream</c>: which parents a node should pull a stream from; 500 sites, 10,000 nodes, 20,000 streams with a home.</summary>
internal sealed class UpstreamBench : IBench
{
    private const int Requests = 1 << 14;
    private const long StreamKbps = 3_000;

    /// <inheritdoc/>
    public string Name => "upstream";

    /// <inheritdoc/>
    public IEnumerable<BenchResult> Run()
    {
        var world = new BenchWorld(seed: 1);
        RoutingSnapshot snapshot = world.Snapshot;
        var random = new Random(2);
        UpstreamTable table = UpstreamTable.Build(snapshot.Fleet, SiteCost.Default.PriceWeight);
        int[] entries = [.. snapshot.Fleet.Nodes.OfType<IndexedNode>().Where(n => (n.Node.Roles & NodeRoles.Ingest) != 0).Select(n => n.Index)];
        int[] edges = [.. snapshot.Fleet.Nodes.OfType<IndexedNode>().Where(n => !table.IsIdc(n.SiteIndex)).Select(n => n.Index)];
        var homes = new StreamHomes();
        foreach (ulong stream in world.Streams) homes.Arrived(stream, entries[random.Next(entries.Length)], 0);
        var view = new UpstreamView(snapshot, table, homes, new LinkLoads(table, LoadPenalty.Default), ParentDrains.None, UpstreamPolicy.Default);
        UpstreamQuestion[] questions =
            [.. Enumerable.Range(0, Requests).Select(_ => new UpstreamQuestion(world.Streams[random.Next(world.Streams.Length)], edges[random.Next(edges.Length)], StreamKbps, world.Epoch))];
        yield return Measurement.Of("upstream", Requests, () =>
        {
            long sum = 0;
            Span<UpstreamParent> parents = stackalloc UpstreamParent[3];
            foreach (ref readonly UpstreamQuestion question in questions.AsSpan())
            {
                if (UpstreamChooser.Choose(view, in question, parents).Count == 0) throw new InvalidOperationException("a stream has no parent");
                sum += parents[0].Node;
            }
            return sum;
        });
    }
}
