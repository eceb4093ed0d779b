using Scheduler.Simulator.Nodes;
using Scheduler.Simulator.Viewers;

namespace Scheduler.Tests.Simulator;

/// <summary>Holds every event against what came before it, and writes down those that came too early.</summary>
internal sealed class Witness : Onlooker
{
    private readonly Dictionary<(int Place, int Generation), Dictionary<int, long>> _sentAtMs = [];
    private readonly HashSet<(int Place, int Generation)> _served = [];
    private readonly Dictionary<int, long> _lastReportMs = [];

    public List<string> Oddities { get; } = [];

    public int Connects { get; private set; }

    public int Reports { get; private set; }

    public override void Hear(int replica, in ReportCopy report)
    {
        base.Hear(replica, in report);
        long ageMs = NowMs - report.MeasuredAtMs;
        // The first reports are what the replicas know at the start: they are not under way.
        if (report.MeasuredAtMs > 0 && ageMs is < 300 or > 500) Oddities.Add($"report of node {report.Node} is {ageMs} ms old");
        if (replica != 0) return;
        Reports++;
        if (_lastReportMs.TryGetValue(report.Node, out long last) && last > report.MeasuredAtMs) Oddities.Add($"reports of node {report.Node} out of order");
        _lastReportMs[report.Node] = report.MeasuredAtMs;
    }

    public override void Inherit(int viewer, in Viewer who)
    {
        base.Inherit(viewer, in who);
        Sent(viewer, in who, who.Node, -1);
    }

    public override int? Open(int viewer, in Viewer who) => Sent(viewer, in who, base.Open(viewer, in who), NowMs);

    public override int? Reconnect(int viewer, in Viewer who) => Sent(viewer, in who, base.Reconnect(viewer, in who), NowMs);

    public override int? Failover(int viewer, in Viewer who, int failed)
    {
        if (!_sentAtMs.TryGetValue((viewer, who.Generation), out Dictionary<int, long>? nodes) || !nodes.ContainsKey(failed))
            Oddities.Add($"viewer {viewer} says that node {failed} failed, to which nobody sent him");
        return Sent(viewer, in who, base.Failover(viewer, in who, failed), NowMs);
    }

    public override int? Beat(int viewer, in Viewer who)
    {
        if (who.State != ViewerState.Playing) Oddities.Add($"viewer {viewer} beats and does not play");
        return Sent(viewer, in who, base.Beat(viewer, in who), NowMs);
    }

    public override void Close(int viewer, in Viewer who)
    {
        if (!_sentAtMs.ContainsKey((viewer, who.Generation))) Oddities.Add($"viewer {viewer} leaves and never came");
        if (NowMs / 100 < who.EndTick && who.Refusals == 0) Oddities.Add($"viewer {viewer} leaves before his time");
        base.Close(viewer, in who);
    }

    public override void TickIsOver()
    {
        ReadOnlySpan<Viewer> places = Crowd.Places;
        for (int place = 0; place < places.Length; place++)
        {
            if (places[place].State != ViewerState.Playing || !_served.Add((place, places[place].Generation))) continue;
            Connects++;
            if (!_sentAtMs.TryGetValue((place, places[place].Generation), out Dictionary<int, long>? nodes) || !nodes.TryGetValue(places[place].Node, out long sentMs))
                Oddities.Add($"viewer {place} plays on node {places[place].Node}, to which nobody sent him");
            else if (sentMs >= 0 && NowMs - sentMs < 200) Oddities.Add($"viewer {place} plays {NowMs - sentMs} ms after he asked");
        }
    }

    private int? Sent(int viewer, in Viewer who, int? node, long atMs)
    {
        if (node is not { } named) return node;
        if (!_sentAtMs.TryGetValue((viewer, who.Generation), out Dictionary<int, long>? nodes)) _sentAtMs[(viewer, who.Generation)] = nodes = [];
        nodes.TryAdd(named, atMs);
        return node;
    }
}
