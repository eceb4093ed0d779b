using Scheduler.Protocol.Documents;

namespace Scheduler.Simulator.Scenarios;

/// <summary>The words of scenario files.</summary>
internal static class ScenarioWords
{
    public static Words<Routing> Routings { get; } = new(("random", Routing.Random), ("region-bound", Routing.RegionBound));

    public static Words<FaultKind> Faults { get; } = new(
        ("site-loss", FaultKind.SiteLoss), ("idc-loss", FaultKind.IdcLoss), ("capacity-cut", FaultKind.CapacityCut),
        ("report-loss", FaultKind.ReportLoss), ("replica-partition", FaultKind.ReplicaPartition), ("lying-reports", FaultKind.LyingReports),
        ("rtt-change", FaultKind.RttChange), ("surge", FaultKind.Surge), ("reconnect-storm", FaultKind.ReconnectStorm),
        ("drain", FaultKind.Drain), ("idc-drain", FaultKind.IdcDrain), ("link-cut", FaultKind.LinkCut));

    public static Words<ParentRule> Parents { get; } = new(("scheduler", ParentRule.Scheduler), ("nearest", ParentRule.Nearest), ("fixed", ParentRule.Fixed));
}
