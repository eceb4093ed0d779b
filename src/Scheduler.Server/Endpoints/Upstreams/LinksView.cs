using System.Collections.Immutable;
using Scheduler.Core.Routing;
using Scheduler.Core.Upstreams;
using Scheduler.Protocol.Admin;
using Scheduler.Server.Endpoints.Admin;
using Scheduler.State.Control;

namespace Scheduler.Server.Endpoints.Upstreams;

/// <summary>Links as operators see them.</summary>
internal sealed class LinksView(ControlLoop control)
{
    /// <summary>A page of the links of the fleet and of whatever else carries something, the fullest first.</summary>
    /// <param name="page">Which part.</param>
    /// <param name="site">Id of a site, to have only links to or from it; null for all.</param>
    public LinkListMessage List(Page page, string? site)
    {
        LinkMessage[] all = [.. All().Where(link => site is null || link.Site == site || link.Idc == site)
            .OrderByDescending(link => link.Utilisation ?? 0).ThenByDescending(link => link.LoadBps)
            .ThenBy(link => link.Site, StringComparer.Ordinal).ThenBy(link => link.Idc, StringComparer.Ordinal)];
        int skip = (int)Math.Min(page.After ?? 0, all.Length);
        string? next = skip + page.Limit < all.Length ? Page.Cursor(skip + page.Limit) : null;
        return new LinkListMessage(all.Length, [.. all.Skip(skip).Take(page.Limit)], next);
    }

    private ImmutableArray<LinkMessage> All()
    {
        if (control.Upstreams.View is not { } view) return [];
        var links = ImmutableArray.CreateBuilder<LinkMessage>();
        for (int way = 0; way < view.Table.Count; way++)
        {
            UpstreamWay at = view.Table.Way(way);
            long load = view.Links.LoadKbps(way);
            if ((at.Link is null && load == 0) || at.To == at.From) continue;
            IndexedSite to = view.Snapshot.Fleet.Sites[at.To]!, from = view.Snapshot.Fleet.Sites[at.From]!;
            bool isBounded = at.Link is not null;
            links.Add(new LinkMessage(
                to.Site.Id, from.Site.Id, view.Table.IsIdc(at.To) ? "trunk" : "backhaul", isBounded ? at.CapacityKbps * 1_000 : null, load * 1_000,
                isBounded ? Math.Round((double)load / at.CapacityKbps, 4) : null, Math.Round(at.PriceMs, 3), Math.Round(view.Links.PriceMs(way), 3), Math.Round(at.RttMs, 1)));
        }
        return links.ToImmutable();
    }
}
