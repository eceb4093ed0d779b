namespace Scheduler.Simulator.Scenarios;

/// <summary>Which parts of a <see cref="Fault"/> have a meaning for its kind.</summary>
/// <param name="Target">What it happens to.</param>
/// <param name="MostFactor">Highest factor, which it then must have; null when it has none.</param>
/// <param name="HasShare">True when it happens in a share of the cells.</param>
/// <param name="Lasts">True when it can end.</param>
/// <param name="Adds">True when several of the kind may be in force at the same target: their effects multiply or add up.</param>
/// <param name="Ramps">True when it may come step by step and have a deadline.</param>
public readonly record struct FaultShape(FaultTarget Target, double? MostFactor, bool HasShare, bool Lasts, bool Adds, bool Ramps = false)
{
    /// <summary>The shape of a kind.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such kind.</exception>
    public static FaultShape Of(FaultKind kind) => kind switch
    {
        FaultKind.SiteLoss => new(FaultTarget.Site, null, false, true, false),
        FaultKind.IdcLoss => new(FaultTarget.Idc, null, false, true, false),
        FaultKind.CapacityCut => new(FaultTarget.Site, 1, false, true, false),
        FaultKind.ReportLoss => new(FaultTarget.None, null, false, true, true),
        FaultKind.ReplicaPartition => new(FaultTarget.Replica, null, false, true, false),
        FaultKind.LyingReports => new(FaultTarget.Site, 100, false, true, false),
        FaultKind.RttChange => new(FaultTarget.Site, 100, false, true, true),
        FaultKind.Surge => new(FaultTarget.None, 1_000, true, true, true),
        FaultKind.ReconnectStorm => new(FaultTarget.None, null, true, false, true),
        FaultKind.Drain => new(FaultTarget.Site, null, false, true, false, Ramps: true),
        FaultKind.IdcDrain => new(FaultTarget.Idc, null, false, true, false, Ramps: true),
        FaultKind.LinkCut => new(FaultTarget.Link, null, false, true, false),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such fault"),
    };
}
