using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using Scheduler.Core.Routing;
using Scheduler.Protocol.V1.Problems;
using Scheduler.Protocol.V1.Reports;
using Scheduler.Server.Endpoints.Players;
using Scheduler.Server.Http;
using Scheduler.Server.Http.Limits;
using Scheduler.Server.Http.Tls;
using Scheduler.Server.Security;
using Scheduler.Server.Telemetry;
using Scheduler.State;
using Scheduler.State.Control;
using Scheduler.State.Peers;
using Scheduler.State.Sites;

namespace Scheduler.Server.Endpoints.Reports;

/// <summary>What all calls with reports share, whatever form they come in: who may report, for which nodes, and what he is told.</summary>
internal sealed class ReportDesk(
    SnapshotPublisher publisher, ControlLoop control, ReportWriters writers, Authenticator authenticator, RateLimits limits, SchedulerClock clock,
    Counters counters, SiteRules rules, ReporterRegister reporters, ReporterGate gate, PeerBook? book = null)
{
    /// <summary>What nodes are told that report to a replica without peers.</summary>
    private readonly PeerRoll _alone = PeerRoll.OfOne((byte)rules.Replica);

    /// <summary>When nodes are to report next, ms.</summary>
    public int IntervalMs => rules.Staleness.IntervalMs;

    /// <summary>How replicas share what is free.</summary>
    public PeerRoll Roll => book?.Roll ?? _alone;

    /// <summary>The snapshot of this call; when its caller may not report, or too often, or there is none yet, the answer is written and false given.</summary>
    public bool TryBegin(HttpContext context, [NotNullWhen(true)] out RoutingSnapshot? snapshot, out Caller caller)
    {
        snapshot = null;
        caller = Caller.NoKey;
        if (gate.Refusal(context) is { } refusal)
        {
            Reply.Problem(context, ProblemKind.CertificateRequired, refusal);
            return false;
        }
        caller = authenticator.Authenticate(context);
        if (!limits.AdmitsReporter(context, caller)) return false;
        if (!caller.MayReport)
        {
            PlayerDesk.RefuseCaller(context, caller, "report");
            return false;
        }
        snapshot = publisher.Current;
        if (snapshot is not null) return true;
        context.Response.Headers.RetryAfter = "1";
        Reply.Problem(context, ProblemKind.NotReady, "fleet or geography is not loaded yet");
        return false;
    }

    /// <summary>As <see cref="TryBegin"/>, for a message of a stream that has begun: its key may have been revoked since. Writes nothing.</summary>
    /// <returns>What is wrong; null when nothing is.</returns>
    public ProblemKind? Begin(HttpContext context, out RoutingSnapshot? snapshot, out Caller caller)
    {
        snapshot = publisher.Current;
        caller = authenticator.Authenticate(context);
        if (gate.Refusal(context) is not null) return ProblemKind.CertificateRequired;
        if (!caller.MayReport) return caller.IsKnown ? ProblemKind.Forbidden : ProblemKind.Unauthorized;
        if (!limits.AdmitsReportMessage(caller)) return ProblemKind.QuotaExceeded;
        return snapshot is null ? ProblemKind.NotReady : null;
    }

    /// <summary>Takes reports in. Where the whole is at fault nothing of it is taken.</summary>
    /// <typeparam name="TBatch">Their form.</typeparam>
    /// <param name="batch">The reports.</param>
    /// <param name="snapshot">The snapshot of the call.</param>
    /// <param name="caller">Who reports.</param>
    /// <param name="intake">What became of them, when nothing is wrong with the whole.</param>
    /// <returns>What is wrong with the whole; null when nothing is.</returns>
    public WireProblem? Take<TBatch>(ref TBatch batch, RoutingSnapshot snapshot, Caller caller, out ReportIntake intake)
        where TBatch : IReportBatch, allows ref struct
    {
        var gathered = new List<ReportEnvelope>[writers.Count];
        var rejected = new List<ReportRejection>();
        var sites = new HashSet<int>();
        intake = default;
        if (Gather(ref batch, snapshot, caller, gathered, rejected, sites) is { } fault) return fault;
        bool isWhole = TryPost(gathered, out int accepted);
        if (isWhole) counters.Reported(accepted, rejected.Count);
        intake = new ReportIntake(isWhole, accepted, rejected, Standings(snapshot, sites));
        return null;
    }

    private WireProblem? Gather<TBatch>(
        ref TBatch batch, RoutingSnapshot snapshot, Caller caller, List<ReportEnvelope>[] gathered, List<ReportRejection> rejected, HashSet<int> sites)
        where TBatch : IReportBatch, allows ref struct
    {
        long nowMs = clock.NowMs, unixMs = clock.UnixMs;
        while (batch.Next())
        {
            if (!batch.IsAccepted)
            {
                foreach (WireProblem problem in batch.Problems) rejected.Add(new ReportRejection(batch.Index, problem.Field, problem.Reason));
                continue;
            }
            if (!snapshot.Fleet.TryFindNode(batch.Node, out int index) || control.NodeAt(index) is not { } node
                || control.SiteAt(node.Node.SiteIndex) is not { } site)
            {
                rejected.Add(new ReportRejection(batch.Index, "node", $"the fleet has no node {Encoding.UTF8.GetString(batch.Node)}"));
                continue;
            }
            if (caller.Standing != CallerStanding.Demo && !caller.MayReportFor(node.Node.Node.Site))
            {
                rejected.Add(new ReportRejection(batch.Index, "node", $"the key may not report for site {node.Node.Node.Site}"));
                continue;
            }
            reporters.Heard(index, nowMs);
            sites.Add(node.Node.SiteIndex);
            (gathered[writers.WriterOf(site)] ??= []).Add(new ReportEnvelope(site, node, batch.Report, nowMs, unixMs));
        }
        return batch.Fault;
    }

    private bool TryPost(List<ReportEnvelope>[] gathered, out int accepted)
    {
        accepted = 0;
        bool all = true;
        for (int writer = 0; writer < gathered.Length; writer++)
        {
            if (gathered[writer] is not { } reports) continue;
            if (writers.TryPost(writer, reports.ToArray()))
            {
                accepted += reports.Count;
                continue;
            }
            counters.Shed(reports.Count);
            all = false;
        }
        return all;
    }

    private static KeyValuePair<string, SiteStatus>[] Standings(RoutingSnapshot snapshot, HashSet<int> sites)
    {
        var standings = new List<KeyValuePair<string, SiteStatus>>(sites.Count);
        foreach (int site in sites)
        {
            if (snapshot.Fleet.Sites[site] is not { } place) continue;
            bool drained = place.Nodes.All(n => snapshot.Node(n).Eligibility is Eligibility.Drained or Eligibility.OutOfService);
            standings.Add(new(place.Site.Id, drained ? SiteStatus.Drained : SiteStatus.Open));
        }
        return [.. CollectionsMarshal.AsSpan(standings)];
    }
}
