using Scheduler.Core.Routing;
using Scheduler.Core.Sessions;
using Scheduler.Core.Topology;
using Scheduler.State;
using Scheduler.State.Control;
using Scheduler.State.Upstreams;

namespace Scheduler.Server.Demo;

/// <summary>
/// What the nodes of demo mode say of streams: what is watched and sent there, and what they pull, from where they were told to. So a laptop shows homes, links and
/// the drain of an IDC.
/// </summary>
internal sealed class DemoStreams(DemoAudience audience, DemoPublishers publishers, ControlLoop control, SchedulerClock clock)
{
    private const long AskAgainMs = 60_000;
    private readonly Dictionary<(int Node, ulong Stream), (int Parent, long AskedAtMs)> _parents = [];

    /// <summary>Looks at all sessions, and tells what each node has to say.</summary>
    /// <param name="snapshot">The snapshot in force.</param>
    /// <returns>By node index; nodes without streams are missing.</returns>
    public Dictionary<int, DemoTraffic> Step(RoutingSnapshot snapshot)
    {
        audience.Sweep();
        var traffic = new Dictionary<int, DemoTraffic>();
        var watched = new HashSet<ulong>();
        var sent = new HashSet<ulong>();
        foreach (DemoSeat seat in audience.Seats)
        {
            if (!snapshot.Fleet.TryFindNodeByNumber(seat.Node, out int node)) continue;
            if (seat.Kind == SessionKind.Publish)
            {
                sent.Add(seat.Stream);
                Arrive(traffic, node, seat.Stream, seat.Kbps, seat.SinceUnixMs);
                continue;
            }
            watched.Add(seat.Stream);
            DemoTraffic at = At(traffic, node);
            (int viewers, long kbps) = at.Watched.GetValueOrDefault(seat.Stream);
            at.Watched[seat.Stream] = (viewers + 1, kbps + seat.Kbps);
        }
        foreach ((ulong stream, int number, int kbps, long since) in publishers.Leaving)
            if (snapshot.Fleet.TryFindNodeByNumber(number, out int node)) Arrive(traffic, node, stream, kbps, since);
        Pull(snapshot, traffic);
        publishers.Step(snapshot, watched, sent);
        return traffic;
    }

    /// <summary>Every node that has viewers of a stream pulls it, and so does every relay that a node was told to pull from.</summary>
    private void Pull(RoutingSnapshot snapshot, Dictionary<int, DemoTraffic> traffic)
    {
        var wanted = new Queue<(int Node, ulong Stream)>();
        foreach ((int node, DemoTraffic at) in traffic)
        {
            foreach (ParentAnswer change in control.Upstreams.Desk.Changes(node)) _parents[(node, change.Stream)] = (change.Parents[0].Node, clock.NowMs);
            foreach (ulong stream in at.Watched.Keys) wanted.Enqueue((node, stream));
        }
        var pulled = new HashSet<(int Node, ulong Stream)>();
        while (wanted.TryDequeue(out (int Node, ulong Stream) pull))
        {
            if (!pulled.Add(pull) || At(traffic, pull.Node).Arrivals.ContainsKey(pull.Stream) || ParentOf(snapshot, pull) is not { } parent) continue;
            int idc = snapshot.Fleet.SiteOf(parent);
            long kbps = control.Upstreams.Streams.ArrivingKbps(pull.Stream) ?? 0;
            At(traffic, parent).ServedKbps += kbps;
            if (idc != snapshot.Fleet.SiteOf(pull.Node))
                At(traffic, pull.Node).Pull(StreamName.Hash(System.Text.Encoding.UTF8.GetBytes(snapshot.Fleet.Sites[idc]!.Site.Id)), kbps);
            wanted.Enqueue((parent, pull.Stream)); // a home pulls from nobody, so this ends
        }
        foreach ((int, ulong) gone in _parents.Keys.Where(pull => !pulled.Contains(pull)).ToArray()) _parents.Remove(gone);
    }

    private int? ParentOf(RoutingSnapshot snapshot, (int Node, ulong Stream) pull)
    {
        if (!_parents.TryGetValue(pull, out var known) || clock.NowMs - known.AskedAtMs >= AskAgainMs || snapshot.Node(known.Parent).Roles == NodeRoles.None)
        {
            if (control.Upstreams.Desk.Ask(pull.Node, pull.Stream) is not { Parents.IsEmpty: false } answer)
            {
                _parents.Remove(pull);
                return null;
            }
            _parents[pull] = known = (answer.Parents[0].Node, clock.NowMs);
        }
        return known.Parent;
    }

    private static void Arrive(Dictionary<int, DemoTraffic> traffic, int node, ulong stream, long kbps, long since) => At(traffic, node).Arrivals[stream] = (kbps, since);

    private static DemoTraffic At(Dictionary<int, DemoTraffic> traffic, int node)
    {
        if (!traffic.TryGetValue(node, out DemoTraffic? at)) traffic[node] = at = new DemoTraffic();
        return at;
    }
}
