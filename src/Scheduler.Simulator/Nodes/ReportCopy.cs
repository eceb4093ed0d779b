using Scheduler.Core.Capacity;
using Scheduler.Simulator.Backhauls;

namespace Scheduler.Simulator.Nodes;

/// <summary>A report on its way to the replicas.</summary>
/// <param name="Node">Who made it.</param>
/// <param name="MeasuredAtMs">When, virtual ms.</param>
/// <param name="Report">What it says.</param>
internal readonly record struct ReportCopy(int Node, long MeasuredAtMs, NodeReport Report)
{
    /// <summary>What it says of pulls and publishers; null in a run without any.</summary>
    public PullReport? Pulls { get; init; }
}
