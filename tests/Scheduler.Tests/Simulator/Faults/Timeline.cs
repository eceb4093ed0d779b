using Scheduler.Simulator.Nodes;
using Scheduler.Simulator.Viewers;

namespace Scheduler.Tests.Simulator.Faults;

/// <summary>Writes down what a fault should change, at the end of every tick.</summary>
internal sealed class Timeline(Func<Timeline, double>? look = null) : Onlooker
{
    private int _opens, _reconnects;

    /// <summary>What was looked for, by tick.</summary>
    public List<double> Seen { get; } = [];

    /// <summary>Viewers who came in the tick that ends.</summary>
    public int Opens { get; private set; }

    /// <summary>Viewers who came back in the tick that ends.</summary>
    public int Reconnects { get; private set; }

    /// <summary>When each replica heard a report, ms, and what it said of the capacity over the truth.</summary>
    public List<(int Replica, long AtMs, int Node, double Capacity)> Heard { get; } = [];

    /// <summary>Decisions for a site: when, ms.</summary>
    public List<(long AtMs, int Site)> Named { get; } = [];

    /// <summary>Mean of what was seen in a span of seconds, its begin included.</summary>
    public double Mean(int fromS, int toS) => Seen.Skip(fromS * 10).Take((toS - fromS) * 10).Average();

    /// <summary>Reports a second that a replica heard in a span.</summary>
    public double ReportsPerS(int replica, int fromS, int toS) =>
        Heard.Count(r => r.Replica == replica && r.AtMs >= fromS * 1_000 && r.AtMs < toS * 1_000) / (double)(toS - fromS);

    public override void TickIsOver()
    {
        (Opens, Reconnects, _opens, _reconnects) = (_opens, _reconnects, 0, 0);
        if (look is not null) Seen.Add(look(this));
    }

    public override void Hear(int replica, in ReportCopy report)
    {
        Heard.Add((replica, NowMs, report.Node, report.Report.CapacityKbps / (double)Farm.Nodes[report.Node].CapacityKbps));
        base.Hear(replica, in report);
    }

    public override int? Open(int viewer, in Viewer who)
    {
        _opens++;
        return Note(base.Open(viewer, in who));
    }

    public override int? Reconnect(int viewer, in Viewer who)
    {
        _reconnects++;
        return Note(base.Reconnect(viewer, in who));
    }

    private int? Note(int? node)
    {
        if (node is { } named) Named.Add((NowMs, World.SiteOfNode[named]));
        return node;
    }
}
