using System.Collections.Immutable;
using Scheduler.Core.Capacity;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Sessions;
using Scheduler.State.Sessions;
using Scheduler.State.Upstreams;

namespace Scheduler.Tests.State.Upstreams;

/// <summary>A replica over <see cref="IdcFleet"/> whose nodes report what is sent to them, watched there and pulled by them.</summary>
internal sealed class Platform
{
    private readonly Dictionary<string, Dictionary<ulong, StreamLoad>> _streams = [];
    private readonly Dictionary<string, List<ReportedPull>> _pulls = [];

    public Platform(Scheduler.Core.Topology.Fleet? fleet = null)
    {
        Replica = new Replica();
        Replica.Configure(fleet ?? IdcFleet.Of());
        Run(12);
    }

    public Replica Replica { get; }

    public UpstreamLoop Loop => Replica.Control.Upstreams;

    public ulong Live { get; } = StreamName.Hash("live"u8);

    /// <summary>Nodes that say nothing.</summary>
    public HashSet<string> Dead { get; } = [];

    /// <summary>From now on a node reports that a stream arrives there; 0 kbit/s that it does no longer.</summary>
    public void Arrives(string node, ulong stream, long kbps = 6_000, long? sinceUnixMs = null) => Streams(node)[stream] = new StreamLoad(stream, 0, 0)
    {
        IngressKbps = kbps, SinceUnixMs = sinceUnixMs,
    };

    /// <summary>From now on a node does not name a stream any more.</summary>
    public void Unnamed(string node, ulong stream) => Streams(node).Remove(stream);

    public void Watched(string node, ulong stream, int viewers) => Streams(node)[stream] = new StreamLoad(stream, viewers, viewers * 3_000L);

    public void Pulls(string node, string idc, long kbps, int streams)
    {
        if (!_pulls.TryGetValue(node, out List<ReportedPull>? pulls)) _pulls[node] = pulls = [];
        ulong upstream = StreamName.Hash(System.Text.Encoding.UTF8.GetBytes(idc));
        pulls.RemoveAll(pull => pull.Upstream == upstream);
        if (kbps > 0) pulls.Add(new ReportedPull(upstream, kbps, streams));
    }

    public void Run(double seconds)
    {
        for (double left = seconds; left > 0; left--)
        {
            foreach (var node in Replica.Snapshot.Fleet.Nodes)
            {
                if (node is null || Dead.Contains(node.Node.Id)) continue;
                ImmutableArray<StreamLoad> streams = _streams.TryGetValue(node.Node.Id, out var known) ? [.. known.Values] : [];
                Replica.Report(
                    node.Node.Id, Replica.Table.Node(node.Index).Kbps, IdcFleet.NodeKbps, streams: streams,
                    pulls: _pulls.TryGetValue(node.Node.Id, out var pulls) ? [.. pulls] : []);
            }
            for (int i = 0; i < 10; i++)
            {
                Replica.Tick();
                Replica.Time.Advance(TimeSpan.FromMilliseconds(Math.Min(1, left) * 100));
            }
        }
        Replica.Tick();
    }

    public SessionClaims Publish(ulong stream, SessionClaims? previous = null)
    {
        var order = new SessionOrder { Cell = Replica.London, Row = Replica.London, Stream = stream, Kind = SessionKind.Publish, Want = 3 };
        Assert.True(Replica.Desk.TryOpen(Replica.Snapshot, in order, in previous, out _, out SessionClaims claims));
        return claims;
    }

    /// <summary>Id of the node that a node is told to pull from first, having asked; null when none is named.</summary>
    public string? Ask(string node, ulong stream)
    {
        ParentAnswer answer = Loop.Desk.Ask(Replica.Index(node), stream)!;
        return answer.Parents.IsEmpty ? null : Id(answer.Parents[0].Node);
    }

    public string? HomeOf(ulong stream) => Loop.Streams.Find(stream)?.Home?.Node.Node.Node.Id;

    public string Id(int node) => Replica.Snapshot.Fleet.Nodes[node]!.Node.Id;

    public string SiteOf(in SessionClaims claims) => Replica.NodeOf(claims)[..3];

    private Dictionary<ulong, StreamLoad> Streams(string node)
    {
        if (!_streams.TryGetValue(node, out Dictionary<ulong, StreamLoad>? streams)) _streams[node] = streams = [];
        return streams;
    }
}
