using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Scheduler.Core.Routing;
using Scheduler.Core.Sessions;
using Scheduler.Protocol.V1.Problems;
using Scheduler.Protocol.V1.Reports;
using Scheduler.Protocol.V1.Upstreams;
using Scheduler.Server.Endpoints.Players;
using Scheduler.Server.Endpoints.Upstreams;
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

/// <summary><c>POST /v1/reports</c>: what nodes say of themselves. A bad report is rejected by index and spoils no other.</summary>
internal sealed class ReportsEndpoint(
    SnapshotPublisher publisher, ControlLoop control, ReportWriters writers, Authenticator authenticator, RateLimits limits, SchedulerClock clock,
    Counters counters, SiteRules rules, ReporterRegister reporters, ReporterGate gate, StreamNames names,
    UpstreamAnswers upstreams, PeerBook? book = null) : BodyEndpoint(ReportBatchReader.MaxBodyLength)
{
    /// <summary>What nodes are told that report to a replica without peers.</summary>
    private readonly PeerRoll _alone = PeerRoll.OfOne((byte)rules.Replica);

    /// <inheritdoc/>
    protected override Task Answer(HttpContext context, ReadOnlySpan<byte> body)
    {
        if (gate.Refusal(context) is { } refusal)
        {
            Reply.Problem(context, ProblemKind.CertificateRequired, refusal);
            return Task.CompletedTask;
        }
        Caller caller = authenticator.Authenticate(context);
        if (!limits.AdmitsReporter(context, caller)) return Task.CompletedTask;
        if (!caller.MayReport)
        {
            PlayerDesk.RefuseCaller(context, caller, "report");
            return Task.CompletedTask;
        }
        if (publisher.Current is not { } snapshot)
        {
            context.Response.Headers.RetryAfter = "1";
            Reply.Problem(context, ProblemKind.NotReady, "fleet or geography is not loaded yet");
            return Task.CompletedTask;
        }
        var gathered = new List<ReportEnvelope>[writers.Count];
        var rejected = new List<ReportRejection>();
        var sites = new HashSet<int>();
        var spoke = new List<(int Node, ImmutableArray<string> Asked)>();
        if (Gather(body, snapshot, caller, gathered, rejected, sites, spoke) is { } fault)
        {
            Reply.Problem(context, ProblemKind.InvalidRequest, null, [fault]);
            return Task.CompletedTask;
        }
        if (!TryPost(gathered, out int accepted))
        {
            context.Response.Headers.RetryAfter = "1";
            Reply.Problem(context, ProblemKind.NotReady, "reports come faster than they can be taken in; send them again, newest first");
            return Task.CompletedTask;
        }
        counters.Reported(accepted, rejected.Count);
        Send(context, snapshot, accepted, rejected, sites, spoke);
        return Task.CompletedTask;
    }

    private WireProblem? Gather(
        ReadOnlySpan<byte> body, RoutingSnapshot snapshot, Caller caller, List<ReportEnvelope>[] gathered, List<ReportRejection> rejected, HashSet<int> sites,
        List<(int Node, ImmutableArray<string> Asked)> spoke)
    {
        long nowMs = clock.NowMs, unixMs = clock.UnixMs;
        var batch = new ReportBatchReader(body, names);
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
                rejected.Add(new ReportRejection(batch.Index, "node", $"the fleet has no node {System.Text.Encoding.UTF8.GetString(batch.Node)}"));
                continue;
            }
            if (caller.Standing != CallerStanding.Demo && !caller.MayReportFor(node.Node.Node.Site))
            {
                rejected.Add(new ReportRejection(batch.Index, "node", $"the key may not report for site {node.Node.Node.Site}"));
                continue;
            }
            reporters.Heard(index, nowMs);
            sites.Add(node.Node.SiteIndex);
            spoke.Add((index, batch.Asked));
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

    private void Send(
        HttpContext context, RoutingSnapshot snapshot, int accepted, List<ReportRejection> rejected, HashSet<int> sites,
        List<(int Node, ImmutableArray<string> Asked)> spoke)
    {
        var standings = new List<KeyValuePair<string, SiteStatus>>(sites.Count);
        foreach (int site in sites)
        {
            if (snapshot.Fleet.Sites[site] is not { } place) continue;
            bool drained = place.Nodes.All(n => snapshot.Node(n).Eligibility is Eligibility.Drained or Eligibility.OutOfService);
            standings.Add(new(place.Site.Id, drained ? SiteStatus.Drained : SiteStatus.Open));
        }
        var upstream = new List<UpstreamEntry>();
        var warmUps = new List<WarmUpEntry>();
        foreach ((int node, ImmutableArray<string> asked) in spoke)
        {
            foreach (string stream in asked)
                if (upstreams.Ask(node, stream) is { } entry) upstream.Add(entry);
            upstreams.AddNews(node, upstream, warmUps);
        }
        PeerRoll roll = book?.Roll ?? _alone;
        var buffer = new ArrayBufferWriter<byte>(256);
        ReportAnswerWriter.Write(
            buffer, accepted, CollectionsMarshal.AsSpan(rejected), rules.Staleness.IntervalMs, roll.Epoch, roll.Weights.AsSpan(),
            CollectionsMarshal.AsSpan(standings), CollectionsMarshal.AsSpan(upstream), CollectionsMarshal.AsSpan(warmUps));
        Reply.Bytes(context, StatusCodes.Status200OK, buffer.WrittenSpan);
    }
}
