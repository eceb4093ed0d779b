using System.Collections.Concurrent;
using System.Collections.Immutable;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Routing;
using Scheduler.Core.Sessions;
using Scheduler.State.Upstreams;

namespace Scheduler.State.Publishing;

/// <summary>
/// Which sessions publish which stream. Publishers are few beside viewers, so they may be remembered by name: who was first, and where the others are, so that a
/// backup is put somewhere else. Publishers of other replicas are known by what arrives.
/// </summary>
/// <param name="table">Where sessions live.</param>
/// <param name="streams">Where streams arrive and who watches them.</param>
public sealed class PublisherBook(SessionTable table, StreamBook streams)
{
    /// <summary>Sites of the audience that placement looks at: the most watched.</summary>
    private const int MostSites = 16;

    private readonly ConcurrentDictionary<ulong, ImmutableArray<Publisher>> _byStream = new();

    private readonly record struct Publisher(ulong Session, ulong Handle, bool CameSecond);

    /// <summary>Streams that are published by sessions of this replica.</summary>
    public int Streams => _byStream.Count;

    /// <summary>Notes a session that publishes; one that is known already stays in its place.</summary>
    /// <param name="snapshot">The snapshot of the request.</param>
    /// <param name="claims">What its token says; its handle is this replica's.</param>
    /// <param name="follows">The session that it follows; null for none.</param>
    public void Note(RoutingSnapshot snapshot, in SessionClaims claims, ulong? follows = null)
    {
        if (_byStream.TryGetValue(claims.Stream, out ImmutableArray<Publisher> known) && IndexOf(known, claims.Session) >= 0) return;
        var publisher = new Publisher(claims.Session, claims.Handle, OthersOf(snapshot, claims.Stream, claims.Session, follows).Count > 0);
        _byStream.AddOrUpdate(claims.Stream, _ => [publisher], (_, others) => [.. others.Where(other => table.IsLive(other.Handle)), publisher]);
    }

    /// <summary>What a publisher is to his stream now: a backup becomes the primary when nobody is before him any more.</summary>
    /// <param name="snapshot">The snapshot of the request.</param>
    /// <param name="claims">What his token says.</param>
    public PublisherRole RoleOf(RoutingSnapshot snapshot, in SessionClaims claims)
    {
        if (!_byStream.TryGetValue(claims.Stream, out ImmutableArray<Publisher> known) || IndexOf(known, claims.Session) is not (>= 0 and var place))
            return PublisherRole.Primary;
        for (int i = 0; i < place; i++)
            if (table.IsLive(known[i].Handle)) return PublisherRole.Backup;
        if (!known[place].CameSecond || streams.Find(claims.Stream)?.Home is not { } home) return PublisherRole.Primary;
        return table.TryFindNode(known[place].Handle, out int node) && home.Node.Node.Index == node ? PublisherRole.Primary : PublisherRole.Backup;
    }

    /// <summary>Has a publisher's request keep apart from the stream's other publishers, and near its audience.</summary>
    /// <param name="snapshot">The snapshot of the request.</param>
    /// <param name="request">The request of a publisher.</param>
    /// <param name="self">The session that it is about, or that it follows; null for a new one.</param>
    internal DispatchRequest Around(RoutingSnapshot snapshot, DispatchRequest request, ulong? self)
    {
        List<int> others = OthersOf(snapshot, request.Stream, self, null);
        var placementMs = new float[snapshot.Fleet.Sites.Length];
        AddAudience(snapshot, request.Stream, placementMs);
        if (others.Count == 0) return request with { PlacementMs = placementMs };
        foreach (int other in others) placementMs[snapshot.Fleet.SiteOf(other)] += IngestCost.ApartMs;
        int[] exclude = [.. request.Exclude, .. others];
        return request with { Exclude = exclude, PlacementMs = placementMs };
    }

    /// <summary>Forgets sessions that have ended.</summary>
    public void Forget()
    {
        foreach ((ulong stream, ImmutableArray<Publisher> publishers) in _byStream)
        {
            if (publishers.All(publisher => table.IsLive(publisher.Handle))) continue;
            ImmutableArray<Publisher> live = [.. publishers.Where(publisher => table.IsLive(publisher.Handle))];
            if (live.IsEmpty) _byStream.TryRemove(KeyValuePair.Create(stream, publishers)); // unless somebody has joined meanwhile
            else _byStream.TryUpdate(stream, live, publishers);
        }
    }

    /// <summary>Indexes of the nodes that the stream's other publishers send to, or that it arrives at, whoever sends it.</summary>
    private List<int> OthersOf(RoutingSnapshot snapshot, ulong stream, ulong? self, ulong? follows)
    {
        var nodes = new List<int>(2);
        var own = new List<int>(2);
        if (_byStream.TryGetValue(stream, out ImmutableArray<Publisher> known))
        {
            foreach (Publisher publisher in known)
                if (table.TryFindNode(publisher.Handle, out int node)) (publisher.Session == self || publisher.Session == follows ? own : nodes).Add(node);
        }
        if (streams.Find(stream) is { } state)
        {
            foreach (Arrival arrival in state.Arrivals)
                if (!own.Contains(arrival.Node.Node.Index) && !nodes.Contains(arrival.Node.Node.Index)) nodes.Add(arrival.Node.Node.Index);
        }
        nodes.RemoveAll(node => node >= snapshot.Fleet.Nodes.Length || snapshot.Fleet.Nodes[node] is null);
        return nodes;
    }

    private void AddAudience(RoutingSnapshot snapshot, ulong stream, float[] placementMs)
    {
        if (streams.Find(stream) is not { Viewers: > 0 } state) return;
        (int Site, long Viewers)[] sites =
        [
            .. state.Audience.GroupBy(audience => audience.Node.Node.SiteIndex, (site, there) => (Site: site, Viewers: there.Sum(audience => (long)audience.Viewers)))
                .Where(site => site.Site < placementMs.Length).OrderByDescending(site => site.Viewers).ThenBy(site => site.Site).Take(MostSites),
        ];
        float all = sites.Sum(site => site.Viewers);
        foreach ((int site, long viewers) in sites) IngestCost.AddAudience(snapshot.Fleet, site, viewers / all, placementMs);
    }

    private static int IndexOf(ImmutableArray<Publisher> publishers, ulong session)
    {
        for (int i = 0; i < publishers.Length; i++)
            if (publishers[i].Session == session) return i;
        return -1;
    }
}
