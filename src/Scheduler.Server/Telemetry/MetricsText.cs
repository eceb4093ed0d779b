using System.Globalization;
using System.Text;
using System.Text.Json;
using Scheduler.Core.Capacity;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Routing;
using Scheduler.Core.Sessions;
using Scheduler.Server.Endpoints.Admin.Watching;
using Scheduler.Server.Hosting;
using Scheduler.Server.Http.Limits;
using Scheduler.Server.Http.Tls;
using Scheduler.State;
using Scheduler.State.Auditing;
using Scheduler.State.Control;
using Scheduler.State.Drains;
using Scheduler.State.Planning;
using Scheduler.State.Sessions;
using Scheduler.State.Sites;

namespace Scheduler.Server.Telemetry;

/// <summary>Writes <c>/metrics</c> in the Prometheus text format, version 0.0.4.</summary>
internal sealed class MetricsText(
    Counters counters, SessionTable sessions, ControlLoop control, SnapshotPublisher publisher, ReportWriters writers, ConfigurationCentre centre,
    Readiness readiness, AdmissionGate gate, RefusalHold hold, OverloadWatch watch, RateLimits limits, SchedulerClock clock, PlanLoop plans,
    DrainMetrics drains, PeerMetrics peers, AuditTrail audit, OperationsFeed operations, LocalDrainBook local, DnsMetrics dns, TlsFiles? tls = null, StoreWatchService? store = null)
{
    /// <summary>The media type.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>All metrics now.</summary>
    public string Write()
    {
        var text = new StringBuilder(16 * 1024);
        Family(text, "scheduler_ready", "gauge", "1 when players may be sent here");
        Sample(text, "scheduler_ready", null, readiness.Waiting().Count == 0 ? 1 : 0);
        Family(text, "scheduler_uptime_seconds", "gauge", "Time since the process began");
        Sample(text, "scheduler_uptime_seconds", null, clock.NowMs / 1_000.0);
        Family(text, "scheduler_revision", "gauge", "Revision of the configuration in force");
        Sample(text, "scheduler_revision", null, centre.Current.Revision);
        Family(text, "scheduler_snapshot_version", "counter", "Snapshots published");
        Sample(text, "scheduler_snapshot_version", null, publisher.Current?.Version ?? 0);
        Family(text, "scheduler_heap_bytes", "gauge", "Objects on the managed heap after the last collection");
        GCMemoryInfo heap = GC.GetGCMemoryInfo(GCKind.Any);
        Sample(text, "scheduler_heap_bytes", null, heap.HeapSizeBytes - heap.FragmentedBytes);
        Family(text, "scheduler_resident_bytes", "gauge", "Resident memory of the process");
        Sample(text, "scheduler_resident_bytes", null, Environment.WorkingSet);
        Degraded(text);
        Store(text);
        Edge(text);
        Overload(text);
        Calls(text);
        Rtts(text);
        Reports(text);
        Plans(text);
        drains.Write((name, type, help) => Family(text, name, type, help), (name, labels, value) => Sample(text, name, labels, value));
        peers.Write((name, type, help) => Family(text, name, type, help), (name, labels, value) => Sample(text, name, labels, value));
        dns.Write((name, type, help) => Family(text, name, type, help), (name, labels, value) => Sample(text, name, labels, value));
        Sites(text);
        return text.ToString();
    }

    private void Degraded(StringBuilder text)
    {
        Family(text, "scheduler_configuration_stale", "gauge", "1 while the store has not been reached and changes are refused");
        Sample(text, "scheduler_configuration_stale", null, readiness.Stale() is null ? 0 : 1);
        Family(text, "scheduler_configuration_confirmed_timestamp_seconds", "gauge", "When the store last said that the configuration in force is the newest, Unix time");
        if (centre.ConfirmedAt is { } confirmed) Sample(text, "scheduler_configuration_confirmed_timestamp_seconds", null, confirmed.ToUnixTimeMilliseconds() / 1_000.0);
        Family(text, "scheduler_local_drains", "gauge", "Drains in force that stand in no revision yet");
        Sample(text, "scheduler_local_drains", null, local.Drains.All.Count(drain => drain.End is null));
        Family(text, "scheduler_frozen", "gauge", "1 while last states are served from because most sites fell silent at once");
        Sample(text, "scheduler_frozen", null, control.Frozen ? 1 : 0);
        Family(text, "scheduler_panicked_regions", "gauge", "Regions whose players' failure reports are not believed");
        Sample(text, "scheduler_panicked_regions", null, control.PanickedRegions);
        Family(text, "scheduler_ejections_total", "counter", "Nodes taken out by players' failure reports");
        Sample(text, "scheduler_ejections_total", null, control.Ejections);
        Family(text, "scheduler_policy_unknown_cells", "gauge", "Cells that the policy names and the map in force does not have");
        Sample(text, "scheduler_policy_unknown_cells", null, control.UnknownPolicyCells);
    }

    private void Store(StringBuilder text)
    {
        if (store is null) return;
        Family(text, "scheduler_store_reachable", "gauge", "1 while the shared store answers");
        Sample(text, "scheduler_store_reachable", null, store.IsReachable ? 1 : 0);
        Family(text, "scheduler_store_failures_total", "counter", "Failures of the shared store that this replica met while it watched it, by what it did");
        Sample(text, "scheduler_store_failures_total", "call=\"read\"", store.FailedReads);
        Sample(text, "scheduler_store_failures_total", "call=\"listen\"", store.FailedListenings);
    }

    private void Edge(StringBuilder text)
    {
        Family(text, "scheduler_forwarded_unknown_total", "counter", "Calls of trusted proxies that did not tell the viewer's address");
        Sample(text, "scheduler_forwarded_unknown_total", null, counters.UnknownViewers);
        Family(text, "scheduler_audit_records_total", "counter", "Records of admin calls written");
        Sample(text, "scheduler_audit_records_total", null, audit.Written);
        Family(text, "scheduler_audit_dropped_total", "counter", "Records of admin calls that found no place");
        Sample(text, "scheduler_audit_dropped_total", null, audit.Dropped);
        Family(text, "scheduler_watch_followers", "gauge", "Callers that follow what changes now");
        Sample(text, "scheduler_watch_followers", null, operations.Followers);
        Family(text, "scheduler_watch_dropped_total", "counter", "Callers that followed what changes, did not keep up, and were dropped");
        Sample(text, "scheduler_watch_dropped_total", null, operations.Dropped);
        if (tls?.Certificate is not { } certificate) return;
        Family(text, "scheduler_tls_certificate_expiry_timestamp_seconds", "gauge", "When the certificate of new connections expires, Unix time");
        Sample(text, "scheduler_tls_certificate_expiry_timestamp_seconds", null, certificate.EndsAt.ToUnixTimeSeconds());
        Family(text, "scheduler_tls_files_refused", "gauge", "1 while TLS files cannot be used and what they held before is");
        Sample(text, "scheduler_tls_files_refused", null, tls.IsRefused ? 1 : 0);
    }

    private void Overload(StringBuilder text)
    {
        Family(text, "scheduler_overload_delay_seconds", "gauge", "Time that work waits in the thread pool");
        Sample(text, "scheduler_overload_delay_seconds", null, watch.DelayMs / 1_000);
        Family(text, "scheduler_overload_level", "gauge", "Refused: 0 nothing, 1 new sessions, 2 beats as well, 3 reports as well");
        Sample(text, "scheduler_overload_level", null, gate.Level);
        Family(text, "scheduler_overload_refused_total", "counter", "Calls refused by overload, by class");
        foreach (CallClass call in Enum.GetValues<CallClass>())
            Sample(text, "scheduler_overload_refused_total", $"class=\"{Name(call)}\"", gate.Refused(call));
        Family(text, "scheduler_overload_held", "gauge", "Refusals that are held back");
        Sample(text, "scheduler_overload_held", null, hold.Held);
        Family(text, "scheduler_rate_limited_total", "counter", "Calls beyond their caller's limit, by limit");
        foreach (RateLimiter limit in limits.All) Sample(text, "scheduler_rate_limited_total", $"limit=\"{limit.Name}\"", limit.Refused);
    }

    private void Calls(StringBuilder text)
    {
        Family(text, "scheduler_decisions_total", "counter", "Sessions asked for, by outcome");
        foreach (DispatchOutcome outcome in Enum.GetValues<DispatchOutcome>())
            Sample(text, "scheduler_decisions_total", $"outcome=\"{Name(outcome)}\"", counters.Decisions(outcome));
        Family(text, "scheduler_beats_total", "counter", "Beats answered, by action");
        foreach (BeatAction action in Enum.GetValues<BeatAction>()) Sample(text, "scheduler_beats_total", $"action=\"{Name(action)}\"", counters.Beats(action));
        Family(text, "scheduler_failovers_total", "counter", "Failovers answered, by action");
        foreach (BeatAction action in Enum.GetValues<BeatAction>())
            Sample(text, "scheduler_failovers_total", $"action=\"{Name(action)}\"", counters.Failovers(action));
        Family(text, "scheduler_refused_tokens_total", "counter", "Tokens that were not valid, by verdict");
        foreach (TokenVerdict verdict in Enum.GetValues<TokenVerdict>().Where(v => v != TokenVerdict.Valid))
            Sample(text, "scheduler_refused_tokens_total", $"verdict=\"{Name(verdict)}\"", counters.RefusedTokens(verdict));
        Family(text, "scheduler_sessions", "gauge", "Live sessions of this replica");
        Sample(text, "scheduler_sessions", null, sessions.Count);
        Family(text, "scheduler_sessions_ended_total", "counter", "Sessions that ended, by cause");
        Sample(text, "scheduler_sessions_ended_total", "cause=\"closed\"", counters.ClosedSessions);
        Sample(text, "scheduler_sessions_ended_total", "cause=\"expired\"", control.Expired);
    }

    private void Rtts(StringBuilder text)
    {
        if (control.Rtts is not { } book) return;
        Family(text, "scheduler_rtt_samples_total", "counter", "Round-trip times that players measured, by what became of them");
        Sample(text, "scheduler_rtt_samples_total", "fate=\"taken\"", book.Taken);
        Sample(text, "scheduler_rtt_samples_total", "fate=\"dropped\"", book.Dropped);
        Sample(text, "scheduler_rtt_samples_total", "fate=\"rejected\"", book.Rejected);
        Family(text, "scheduler_rtt_pairs", "gauge", "Pairs of cell and site whose learnt round-trip time is in use");
        Sample(text, "scheduler_rtt_pairs", null, book.Pairs);
    }

    private void Reports(StringBuilder text)
    {
        Family(text, "scheduler_reports_total", "counter", "Reports of nodes, by what became of them");
        Sample(text, "scheduler_reports_total", "verdict=\"applied\"", writers.Applied);
        Sample(text, "scheduler_reports_total", "verdict=\"outdated\"", writers.Outdated);
        Sample(text, "scheduler_reports_total", "verdict=\"rejected\"", counters.RejectedReports);
        Sample(text, "scheduler_reports_total", "verdict=\"shed\"", counters.ShedReports);
        Family(text, "scheduler_nodes", "gauge", "Nodes of the fleet, by how old their last word is");
        foreach (IGrouping<Freshness, NodeStatus> group in control.Sites.SelectMany(s => s.Nodes).GroupBy(n => n.Freshness).OrderBy(g => g.Key))
            Sample(text, "scheduler_nodes", $"freshness=\"{Name(group.Key)}\"", group.Count());
    }

    private void Plans(StringBuilder text)
    {
        Family(text, "scheduler_plan_solves_total", "counter", "Plans solved, by what had moved and what became of them");
        foreach (PlanReason reason in Enum.GetValues<PlanReason>())
        {
            foreach (PlanOutcome outcome in Enum.GetValues<PlanOutcome>())
                Sample(text, "scheduler_plan_solves_total", $"reason=\"{Name(reason)}\",outcome=\"{Name(outcome)}\"", plans.Solves(reason, outcome));
        }
        Family(text, "scheduler_plan_in_use", "gauge", "1 while a plan's prices are in force, 0 while live load alone decides");
        Sample(text, "scheduler_plan_in_use", null, control.Prices?.HoldAt(clock.NowMs) == true ? 1 : 0);
        if (plans.Status is not { } status) return;
        Family(text, "scheduler_plan_age_seconds", "gauge", "Time since the plan was last found to hold");
        Sample(text, "scheduler_plan_age_seconds", null, status.Prices.AgeMs(clock.NowMs) / 1_000.0);
        Family(text, "scheduler_plan_gap", "gauge", "How much dearer than the best the plan in force can be at most, as a share");
        Sample(text, "scheduler_plan_gap", null, status.Gap);
        Family(text, "scheduler_plan_solve_seconds", "gauge", "How long the last solution took");
        Sample(text, "scheduler_plan_solve_seconds", null, status.LatestTookMs / 1_000);
    }

    private void Sites(StringBuilder text)
    {
        if (publisher.Current is not { } snapshot) return;
        IndexedSite[] sites = [.. snapshot.Fleet.Sites.OfType<IndexedSite>()];
        PerSite(text, sites, "scheduler_site_load_bps", "Load of a site now", s => snapshot.Load.SiteLoadKbps(s.Index) * 1_000.0);
        PerSite(text, sites, "scheduler_site_capacity_bps", "What a site may carry now", s => (control.SiteAt(s.Index)?.EffectiveKbps ?? 0) * 1_000.0);
        PerSite(text, sites, "scheduler_site_price_ms", "Marginal price of load at a site", s => snapshot.Load.Prices[s.Index]);
        PerSite(
            text, sites, "scheduler_site_eligible", "1 when the site may be named",
            s => snapshot.Site(s.Index).Eligibility == Eligibility.Eligible ? 1 : 0);
        PerSite(text, sites, "scheduler_site_sessions", "Live sessions of this replica at a site", s => s.Nodes.Sum(n => sessions.Node(n).Count));
    }

    private static void PerSite(StringBuilder text, IndexedSite[] sites, string name, string help, Func<IndexedSite, double> value)
    {
        Family(text, name, "gauge", help);
        foreach (IndexedSite site in sites) Sample(text, name, $"site=\"{site.Site.Id}\",region=\"{site.Site.Region}\"", value(site));
    }

    internal static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static void Family(StringBuilder text, string name, string type, string help) =>
        text.Append("# HELP ").Append(name).Append(' ').Append(help).Append('\n').Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');

    private static void Sample(StringBuilder text, string name, string? labels, double value)
    {
        text.Append(name);
        if (labels is not null) text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(value.ToString("0.######", CultureInfo.InvariantCulture)).Append('\n');
    }
}
