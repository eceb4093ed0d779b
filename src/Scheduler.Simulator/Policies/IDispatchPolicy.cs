using System.Collections.Immutable;
using Scheduler.Core.Drains;
using Scheduler.Simulator.Nodes;
using Scheduler.Simulator.Viewers;

namespace Scheduler.Simulator.Policies;

/// <summary>
/// A way to decide who plays where: the product, or a rule that it is compared with. It sees what a replica would see, reports late and all, and
/// never the truth. Nodes are numbered in the fleet's order, replicas from 0, viewers by their places.
/// </summary>
internal interface IDispatchPolicy
{
    /// <summary>Viewers admitted beyond what a node can carry, since the start.</summary>
    long Spills { get; }

    /// <summary>A report reaches a replica.</summary>
    void Hear(int replica, in ReportCopy report);

    /// <summary>Operators have decided which drains hold from now on.</summary>
    void Obey(ImmutableArray<Drain> drains);

    /// <summary>A tenth of a second has passed.</summary>
    /// <param name="nowMs">Virtual time, ms.</param>
    void Tick(long nowMs);

    /// <summary>Ticks between two beats of a viewer; null when he need not say that he plays.</summary>
    int? BeatTicks(int replica);

    /// <summary>Takes in a viewer who has been on a node since before the run.</summary>
    void Inherit(int viewer, in Viewer who);

    /// <summary>A viewer asks where to play.</summary>
    /// <returns>A node; null when nothing can serve.</returns>
    int? Open(int viewer, in Viewer who);

    /// <summary>A viewer who was cut off asks again.</summary>
    /// <returns>A node; null when nothing can serve.</returns>
    int? Reconnect(int viewer, in Viewer who);

    /// <summary>A viewer says that a node failed him.</summary>
    /// <returns>Another node; null when nothing can serve.</returns>
    int? Failover(int viewer, in Viewer who, int failed);

    /// <summary>A viewer says that he still plays.</summary>
    /// <param name="viewer">His place.</param>
    /// <param name="who">The viewer.</param>
    /// <param name="rttMs">The round-trip time that he tells, ms.</param>
    /// <returns>The node to move to; null to stay.</returns>
    int? Beat(int viewer, in Viewer who, double rttMs);

    /// <summary>A viewer leaves.</summary>
    void Close(int viewer, in Viewer who);
}
