using System.Collections.Immutable;
using Scheduler.Core.Drains;
using Scheduler.Simulator.Nodes;
using Scheduler.Simulator.Viewers;
using Scheduler.Simulator.Worlds;

namespace Scheduler.Simulator.Policies;

/// <summary>
/// A rule of choosing sites, as it is known from the field, on the same reports as the product has. It knows no escrow, so it refuses nobody while a
/// site is alive; inside a site it takes the least utilised node, which is the best that can be done there.
/// </summary>
/// <param name="world">The world.</param>
/// <param name="rule">The rule.</param>
/// <param name="demand">Is told who comes and goes.</param>
internal sealed class BaselinePolicy(World world, ISiteRule rule, HeldDemand demand) : IDispatchPolicy
{
    private readonly ReportBoard[] _boards = [.. Enumerable.Range(0, world.Scenario.Replicas).Select(_ => new ReportBoard(world))];

    /// <inheritdoc/>
    public long Spills => 0;

    /// <inheritdoc/>
    public void Hear(int replica, in ReportCopy report) => _boards[replica].Hear(in report);

    /// <summary>What is drained gets nobody new, from the first moment on; who is there stays until he leaves.</summary>
    /// <param name="drains">The drains.</param>
    public void Obey(ImmutableArray<Drain> drains)
    {
        var closed = new bool[world.Fleet.Sites.Length];
        foreach (Drain drain in drains)
            foreach (int node in DrainTargets.Resolve(world.Fleet, drain.Target)) closed[world.SiteOfNode[node]] = true;
        foreach (ReportBoard board in _boards) board.Closed = closed;
    }

    /// <inheritdoc/>
    public void Tick(long nowMs)
    {
        foreach (ReportBoard board in _boards) board.NowMs = nowMs;
    }

    /// <inheritdoc/>
    public int? BeatTicks(int replica) => null;

    /// <inheritdoc/>
    public void Inherit(int viewer, in Viewer who) => demand.Hold(viewer, who.Cell);

    /// <inheritdoc/>
    public int? Open(int viewer, in Viewer who)
    {
        int? node = Choose(in who, null);
        if (node is not null) demand.Hold(viewer, who.Cell);
        return node;
    }

    /// <inheritdoc/>
    public int? Reconnect(int viewer, in Viewer who) => Choose(in who, null);

    /// <inheritdoc/>
    public int? Failover(int viewer, in Viewer who, int failed) => Choose(in who, world.SiteOfNode[failed]);

    /// <inheritdoc/>
    public int? Beat(int viewer, in Viewer who, double rttMs) => null;

    /// <inheritdoc/>
    public void Close(int viewer, in Viewer who) => demand.Release(viewer); // what he weighed comes back by reports

    private int? Choose(in Viewer who, int? without) =>
        rule.Choose(_boards[who.Replica], who.Cell, without) is { } site ? _boards[who.Replica].TakeNode(site, world.Scenario.SessionKbps) : null;
}
