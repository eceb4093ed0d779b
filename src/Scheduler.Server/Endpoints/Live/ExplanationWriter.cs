using System.Globalization;
using System.Text.Json;
using Scheduler.Core.Capacity;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Routing;
using Scheduler.Protocol.Admin;
using Scheduler.State;
using Scheduler.State.Control;
using Scheduler.State.Planning;
using Scheduler.State.Sites;

namespace Scheduler.Server.Endpoints.Live;

/// <summary>Puts the trace of a decision into the names and words of operators.</summary>
internal sealed class ExplanationWriter(ControlLoop control, PlanLoop plans, SchedulerClock clock)
{
    /// <summary>The message.</summary>
    /// <param name="snapshot">The snapshot that was decided on.</param>
    /// <param name="trace">The decision with its reasons.</param>
    /// <param name="viewer">Where the viewer is.</param>
    /// <param name="stream">Name of the stream.</param>
    /// <param name="kind"><c>play</c> or <c>publish</c>.</param>
    /// <param name="protocol">The protocol that was asked for; null for any.</param>
    public ExplanationMessage Write(
        RoutingSnapshot snapshot, DecisionTrace trace, ExplainedViewerMessage viewer, string stream, string kind, string? protocol)
    {
        CellPlace cell = snapshot.Candidates.Cells.First(place => place.Id == viewer.Cell);
        bool served = !trace.Decision.Refused;
        return new ExplanationMessage(
            stream, kind, protocol, viewer, Name(trace.Decision.Outcome), Name(trace.Rule), trace.Kbps * 1_000,
            [.. trace.Sites.Select(site => SiteOf(snapshot, trace, cell, site, viewer.OverrideSites is not null))],
            [.. trace.Nodes.Select(node => NodeOf(snapshot, node))],
            served ? Math.Round(trace.NodeBound, 4) : null, served ? trace.NodesSharingStream : null, snapshot.Revision, snapshot.Version, Plan(), snapshot.Frozen);
    }

    private ExplainedSiteMessage SiteOf(RoutingSnapshot snapshot, DecisionTrace trace, CellPlace cell, SiteTrace site, bool ordered)
    {
        IndexedSite indexed = snapshot.Fleet.Sites[site.Site]!;
        bool learnt = control.Rtts is { } book && book.IsLearnt(cell, indexed);
        // The row of an override keeps no round-trip times: what a player would measure is told all the same.
        float rtt = site.RttMs > 0 || !ordered ? site.RttMs : snapshot.Candidates.RttMs(IndexOf(snapshot, cell), site.Site);
        var terms = new ExplainedTermsMessage(
            Round(rtt), learnt ? "learnt" : "model", Round(site.ComfortMs), Round(site.TariffMs), ordered && site.IsNear ? site.OrderMs : null,
            Round(site.Price.LoadMs), Round(site.Price.BillMs), Round(site.Price.AskedMs), Round(site.Price.TotalMs), Round(site.ExtraMs), Round(site.ColdMs))
        {
            PlacementMs = site.PlacementMs > 0 ? Round(site.PlacementMs) : null,
        };
        return new ExplainedSiteMessage(
            indexed.Site.Id, site.Rank + 1, Name(site.Verdict), Why(snapshot, trace, cell, site), site.IsNear, Round(site.Score), Round(site.DearerMs), terms,
            site.RoomKbps * 1_000, Math.Round(site.Utilisation, 4), Name(site.Standing), Name(FreshnessOf(indexed)));
    }

    private ExplainedNodeMessage NodeOf(RoutingSnapshot snapshot, NodeTrace node) => new(
        snapshot.Fleet.Nodes[node.Node]!.Node.Id, node.Rank + 1, Name(node.Verdict), Math.Round(node.HashKey, 6), Math.Round(node.Utilisation, 4),
        node.RoomKbps * 1_000, Name(node.Standing), Name(control.NodeAt(node.Node)?.Freshness ?? Freshness.Unheard));

    private static string Why(RoutingSnapshot snapshot, DecisionTrace trace, CellPlace cell, SiteTrace site)
    {
        string first = trace.Decision.Refused ? "" : snapshot.Fleet.Sites[trace.Decision[0].Site]!.Site.Id;
        string dearer = string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(site.DearerMs):0.0} ms");
        return site.Verdict switch
        {
            SiteVerdict.Chosen => trace.Rule switch
            {
                ChoiceRule.NearEquals => "about as good as the best; the hash of the viewer's network and the stream chose it among equals",
                ChoiceRule.Exploration => "tried because nobody has measured it from this cell",
                ChoiceRule.WholeWorld => "the cheapest of the world that can serve: no site near the viewer can",
                ChoiceRule.LastResort => "silent, but nothing else can serve",
                ChoiceRule.Spill => "full; the policy lets the least utilised be filled a little beyond its capacity",
                _ => "the least score of those that can serve",
            },
            SiteVerdict.Fallback => $"named to fall back on; {dearer} dearer than {first}",
            SiteVerdict.Dearer => $"{dearer} dearer than {first}",
            SiteVerdict.NearEqual => $"about as good as {first}, which the hash of the viewer's network and the stream chose",
            SiteVerdict.Explored => $"{dearer} cheaper, but this viewer tries {first}, which nobody has measured",
            SiteVerdict.Stayed => "the viewer keeps the node of his previous session",
            SiteVerdict.NotServing => $"no node of it may be named: {Name(site.Standing).Replace('_', ' ')}",
            SiteVerdict.Protocol => "no node of it that may be named speaks the protocol",
            SiteVerdict.Fenced => $"barred for this viewer: {snapshot.Fences.ReasonFor(IndexOf(snapshot, cell))}",
            SiteVerdict.NoRoom => "no escrow is left for this session",
            _ => "it has room as a whole, but no single node can take the session",
        };
    }

    private ExplainedPlanMessage? Plan() => plans.Status is { } status
        ? new ExplainedPlanMessage(status.InForce.Version, status.Prices.HoldAt(clock.NowMs) ? "current" : "stale", status.Prices.AgeMs(clock.NowMs))
        : null;

    private Freshness FreshnessOf(IndexedSite site)
    {
        NodeStatus? last = site.Nodes.Select(control.NodeAt).OfType<NodeStatus>().MaxBy(node => node.HeardAtMs ?? long.MinValue);
        return last?.Freshness ?? Freshness.Unheard;
    }

    private static int IndexOf(RoutingSnapshot snapshot, CellPlace cell) => snapshot.Candidates.TryFindCell(cell.Number, out int index) ? index : snapshot.DefaultCell;

    private static double Round(double ms) => Math.Round(ms, 3);

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
