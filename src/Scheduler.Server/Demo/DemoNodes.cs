using Scheduler.Core.Capacity;
using Scheduler.Core.Routing;
using Scheduler.Core.Sessions;
using Scheduler.Server.Endpoints.Reports;
using Scheduler.Server.Hosting;
using Scheduler.State;
using Scheduler.State.Control;
using Scheduler.State.Sites;

namespace Scheduler.Server.Demo;

/// <summary>
/// Plays every node of the sample fleet that no real report has spoken for: once a second each says what its live sessions draw. It goes the
/// way of real reports, so a laptop shows what a platform would. With a scale the nodes are played that much smaller than they are declared, so
/// that a laptop's thousands of viewers fill what a platform's millions would.
/// </summary>
public sealed class DemoNodes(
    ControlLoop control, ReportWriters writers, SnapshotPublisher publisher, SessionTable sessions, SchedulerClock clock, ReporterRegister reporters,
    SchedulerOptions options)
{
    private readonly long _incarnation = clock.UnixS;
    private long _sequence;

    /// <summary>Reports for all nodes that nobody speaks for.</summary>
    public void Report()
    {
        if (publisher.Current is not { } snapshot) return;
        long nowMs = clock.NowMs, unixMs = clock.UnixMs;
        _sequence++;
        var gathered = new List<ReportEnvelope>[writers.Count];
        foreach (IndexedNode? node in snapshot.Fleet.Nodes)
        {
            if (node is null || reporters.IsSpokenFor(node.Index, nowMs)) continue;
            if (control.NodeAt(node.Index) is not { } status || control.SiteAt(node.SiteIndex) is not { } site) continue;
            NodeSessions live = sessions.Node(node.Index);
            var report = new NodeReport(
                _incarnation, _sequence, unixMs, node.Node.Capacity.Kbps / options.DemoScale, live.Kbps, (int)live.Count, NodeState.Serving, null, [], [], []);
            (gathered[writers.WriterOf(site)] ??= []).Add(new ReportEnvelope(site, status, report, nowMs, unixMs));
        }
        for (int writer = 0; writer < gathered.Length; writer++)
            if (gathered[writer] is { } reports) writers.TryPost(writer, reports.ToArray());
    }
}
