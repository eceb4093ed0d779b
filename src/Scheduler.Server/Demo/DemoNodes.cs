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
/// way of real reports, with streams, publishers and pulls (<see cref="DemoStreams"/>), so a laptop shows what a platform would. With a scale the nodes are played that much smaller than they are declared, so
/// that a laptop's thousands of viewers fill what a platform's millions would. A fleet that was edited is somebody's own, and is not played.
/// </summary>
internal sealed partial class DemoNodes(
    ControlLoop control, ReportWriters writers, SnapshotPublisher publisher, SessionTable sessions, SchedulerClock clock, ReporterRegister reporters,
    SchedulerOptions options, SampleFleet sample, DemoStreams streams, ILogger<DemoNodes> log)
{
    private readonly long _incarnation = clock.UnixS;
    private Dictionary<int, DemoTraffic> _said = [];
    private long _sequence;
    private bool _plays = true;

    /// <summary>Reports for all nodes that nobody speaks for.</summary>
    public void Report()
    {
        if (publisher.Current is not { } snapshot || !Plays(snapshot.Fleet)) return;
        long nowMs = clock.NowMs, unixMs = clock.UnixMs;
        _sequence++;
        Dictionary<int, DemoTraffic> said = _said, traffic = _said = streams.Step(snapshot);
        var gathered = new List<ReportEnvelope>[writers.Count];
        foreach (IndexedNode? node in snapshot.Fleet.Nodes)
        {
            if (node is null || reporters.IsSpokenFor(node.Index, nowMs)) continue;
            if (control.NodeAt(node.Index) is not { } status || control.SiteAt(node.SiteIndex) is not { } site) continue;
            NodeSessions live = sessions.Node(node.Index);
            DemoTraffic? here = traffic.GetValueOrDefault(node.Index), before = said.GetValueOrDefault(node.Index);
            long ingress = here?.IngressKbps ?? 0;
            // Sessions that publish are among the live ones, and send instead of drawing.
            long egress = Math.Max(0, live.Kbps - ingress) + (here?.ServedKbps ?? 0);
            var report = new NodeReport(
                _incarnation, _sequence, unixMs, node.Node.Capacity.Kbps / options.DemoScale, egress, (int)live.Count, NodeState.Serving, null, [],
                (here ?? new DemoTraffic()).StreamsAfter(before, _sequence), [])
            {
                IngressKbps = ingress,
                Pulls = here?.ReportedPulls ?? [],
            };
            (gathered[writers.WriterOf(site)] ??= []).Add(new ReportEnvelope(site, status, report, nowMs, unixMs));
        }
        for (int writer = 0; writer < gathered.Length; writer++)
            if (gathered[writer] is { } reports) writers.TryPost(writer, reports.ToArray());
    }

    private bool Plays(FleetIndex fleet)
    {
        bool plays = sample.Is(fleet.Fleet);
        if (plays != _plays && !plays) Stopped();
        return _plays = plays;
    }

    [LoggerMessage(EventId = 130, Level = LogLevel.Warning, Message = "The fleet is not the sample fleet any more: its nodes are not played, they must report themselves to POST /v1/reports")]
    private partial void Stopped();
}
