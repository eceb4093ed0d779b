using System.Reflection;
using System.Text.Json;
using Scheduler.Core.Capacity;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Sessions;
using Scheduler.Protocol.Admin;
using Scheduler.Server.Endpoints.Admin;
using Scheduler.Server.Hosting;
using Scheduler.Server.Security;
using Scheduler.Server.Telemetry;
using Scheduler.State;
using Scheduler.State.Control;
using Scheduler.State.Peers;
using Scheduler.State.Sites;

namespace Scheduler.Server.Endpoints.Live;

/// <summary>The part of the admin API that tells how things are: status, sites, nodes, the plan.</summary>
internal sealed class LiveApi(
    FleetView view, Readiness readiness, ControlLoop control, ConfigurationCentre centre, SessionTable sessions, Counters counters,
    SchedulerClock clock, SchedulerOptions options, SiteRules rules, PlanApi plan, ExplainApi explain, LeaderSeat seat, PeerBook? book = null)
{
    private static readonly string Version =
        typeof(LiveApi).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    /// <summary>Maps the calls.</summary>
    public void Map(IEndpointRouteBuilder app)
    {
        RouteGroupBuilder admin = app.MapAdminGroup();
        admin.MapGet("/status", () => Results.Json(Status(), AdminJson.Wire.StatusMessage)).RequireRole(AdminRole.Viewer)
            .WithSummary("How the scheduler is.").Produces<StatusMessage>().Refuses();
        admin.MapGet("/sites", () => view.Sites() is { } sites
                ? Results.Json(sites, AdminJson.Wire.SiteListMessage)
                : Results.Json(new SiteListMessage(0, []), AdminJson.Wire.SiteListMessage)).RequireRole(AdminRole.Viewer)
            .WithSummary("Every site, live.").Produces<SiteListMessage>().Refuses();
        admin.MapGet("/sites/{id}", (string id) => view.Site(id) is { } site
                ? Results.Json(site, AdminJson.Wire.SiteMessage)
                : Problem.NotFound($"There is no site '{id}' in the fleet.")).RequireRole(AdminRole.Viewer)
            .WithSummary("One site and its nodes, live.").Produces<SiteMessage>().Refuses(StatusCodes.Status404NotFound);
        admin.MapGet("/nodes/{id}", (string id) => view.Node(id) is { } node
                ? Results.Json(node, AdminJson.Wire.NodeMessage)
                : Problem.NotFound($"There is no node '{id}' in the fleet.")).RequireRole(AdminRole.Viewer)
            .WithSummary("One node, live.").Produces<NodeMessage>().Refuses(StatusCodes.Status404NotFound);
        plan.Map(admin);
        explain.Map(admin);
    }

    private ClusterMessage ClusterOf(PeerBook known) => new(
        known.Self.Draft.Name, seat.Leader, seat.Fence, known.Roll.Assigning,
        [.. known.Roll.Peers.Select(peer => new PeerMessage(
            peer.Id.Number, peer.Member.Draft.Name, peer.Member.Draft.Address, peer.Member.Draft.Zone, peer.Member.Draft.Version,
            JsonNamingPolicy.SnakeCaseLower.ConvertName(peer.State.ToString()), peer.HeardMs))]);

    /// <summary>Answers the call; the console asks it too.</summary>
    internal StatusMessage Status()
    {
        SiteListMessage? sites = view.Sites();
        NodeStatus[] nodes = [.. control.Sites.SelectMany(site => site.Nodes)];
        return new StatusMessage(
            Version, readiness.Waiting().Count == 0, centre.Current.Revision, rules.Replica, clock.NowMs / 1_000, options.Demo,
            control.Sites.Length, nodes.Length, nodes.Count(n => n.Freshness == Freshness.Fresh), sessions.Count,
            sites?.Sites.Sum(s => s.EffectiveBps) ?? 0, sites?.Sites.Sum(s => s.LoadBps) ?? 0,
            Enum.GetValues<DispatchOutcome>().ToDictionary(o => JsonNamingPolicy.SnakeCaseLower.ConvertName(o.ToString()), counters.Decisions),
            readiness.Degraded())
        {
            Cluster = book is null ? null : ClusterOf(book),
        };
    }
}
