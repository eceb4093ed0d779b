using System.Collections.Immutable;
using System.Globalization;
using Scheduler.Core.Routing;
using Scheduler.Core.Sessions;
using Scheduler.Core.Upstreams;
using Scheduler.Protocol.Admin;
using Scheduler.Server.Endpoints.Admin;
using Scheduler.State.Control;
using Scheduler.State.Upstreams;

namespace Scheduler.Server.Endpoints.Upstreams;

/// <summary>Streams as operators see them.</summary>
internal sealed class StreamsView(SnapshotPublisher publisher, ControlLoop control, StreamNames names)
{
    /// <summary>A page of all streams, the most watched first.</summary>
    public StreamListMessage List(Page page)
    {
        StreamBook book = control.Upstreams.Streams;
        int skip = (int)Math.Min(page.After ?? 0, int.MaxValue - page.Limit);
        ImmutableArray<StreamState> found = book.Top(skip, page.Limit);
        int count = book.Count;
        string? next = skip + page.Limit < count ? Page.Cursor(skip + page.Limit) : null;
        return new StreamListMessage(count, publisher.Current is { } snapshot ? [.. found.Select(stream => MessageOf(snapshot, stream))] : [], next);
    }

    /// <summary>One stream with its relays and sites, by name; null when nothing is known of it.</summary>
    public StreamMessage? Find(string name)
    {
        ulong hash = StreamName.Hash(System.Text.Encoding.UTF8.GetBytes(name));
        if (publisher.Current is not { } snapshot || control.Upstreams.Streams.Find(hash) is not { } stream) return null;
        ImmutableArray<StreamSiteMessage> pops =
        [
            .. stream.Audience.Where(audience => IsThere(snapshot, audience.Node.Node.Index)).GroupBy(audience => audience.Node.Node.SiteIndex)
                .Select(site => SiteOf(snapshot, hash, site.Key, [.. site])).OrderByDescending(site => site.Viewers).ThenBy(site => site.Site, StringComparer.Ordinal),
        ];
        return MessageOf(snapshot, stream) with
        {
            Id = name,
            Pops = pops,
            Relays =
            [
                .. pops.Where(site => site.Relay == true).GroupBy(site => site.Idc!).Select(idc => new StreamRelayMessage(idc.Key, idc.Count()))
                    .OrderByDescending(relay => relay.Sites).ThenBy(relay => relay.Idc, StringComparer.Ordinal),
            ],
        };
    }

    private StreamSiteMessage SiteOf(RoutingSnapshot snapshot, ulong stream, int site, AudienceAt[] there)
    {
        // The node with most viewers speaks for its site: the others of it are answered from the same ways.
        AudienceAt busiest = there.MaxBy(audience => (audience.Viewers, -audience.Node.Node.Index));
        ParentAnswer? answer = control.Upstreams.Desk.Look(busiest.Node.Node.Index, stream);
        UpstreamParent? parent = answer is { Parents.IsEmpty: false } ? answer.Parents[0] : null;
        IndexedNode? node = parent is { } named ? snapshot.Fleet.Nodes[named.Node] : null;
        return new StreamSiteMessage(
            snapshot.Fleet.Sites[site]!.Site.Id, there.Sum(audience => (long)audience.Viewers), there.Sum(audience => audience.Kbps) * 1_000,
            UpstreamAnswers.NameOf(answer?.Outcome ?? UpstreamOutcome.NoHome), node?.Node.Id, node?.Node.Site, parent?.Relays,
            parent is { } way ? Math.Round(way.RttMs, 1) : null, parent is { } path ? Math.Round(path.CostMs, 2) : null);
    }

    private StreamMessage MessageOf(RoutingSnapshot snapshot, StreamState stream)
    {
        ImmutableArray<ArrivalMessage> arrivals = [.. stream.Arrivals.Where(arrival => IsThere(snapshot, arrival.Node.Node.Index)).Select(MessageOf)];
        return new StreamMessage(
            names.Find(stream.Stream), stream.Stream.ToString("x16", CultureInfo.InvariantCulture), stream.Viewers, stream.Audience.Sum(audience => audience.Kbps) * 1_000,
            stream.Audience.Select(audience => audience.Node.Node.SiteIndex).Distinct().Count(), arrivals.IsEmpty ? null : arrivals[0], arrivals.IsEmpty ? [] : arrivals[1..]);
    }

    private static ArrivalMessage MessageOf(Arrival arrival) => new(
        arrival.Node.Node.Node.Id, arrival.Node.Node.Node.Site, arrival.Kbps * 1_000,
        DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(arrival.SinceUnixMs, 0, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())));

    private static bool IsThere(RoutingSnapshot snapshot, int node) => node < snapshot.Fleet.Nodes.Length && snapshot.Fleet.Nodes[node] is not null;
}
