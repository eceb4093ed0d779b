using Scheduler.Core.Dispatch;

namespace Scheduler.Core.Policies;

/// <summary>One number that a policy may set: its range, and where in the rules of dispatch it goes.</summary>
/// <param name="Name">Its name in documents.</param>
/// <param name="Least">Least value.</param>
/// <param name="Most">Greatest value.</param>
/// <param name="PerClass">True when a class of streams may have its own.</param>
/// <param name="Of">Reads it from the rules.</param>
/// <param name="With">Gives the rules with another value.</param>
public sealed record PolicyWeight(
    string Name, double Least, double Most, bool PerClass, Func<DispatchPolicy, double> Of, Func<DispatchPolicy, double, DispatchPolicy> With)
{
    /// <summary>
    /// Every weight, in the order of documents. Defaults are those of <see cref="DispatchPolicy.Default"/>. What load costs is one price a site for all
    /// classes, read by every decision, and the state of sites and nodes is one for all, so these weights cannot differ between them.
    /// </summary>
    public static IReadOnlyList<PolicyWeight> All { get; } =
    [
        new("comfort_ms", 0, 1_000, true, p => p.Cost.ComfortMs, (p, v) => p with { Cost = p.Cost with { ComfortMs = v } }),
        new("excess_weight", 0, 100, true, p => p.Cost.ExcessWeight, (p, v) => p with { Cost = p.Cost with { ExcessWeight = v } }),
        new("price_weight", 0, 1_000, true, p => p.Cost.PriceWeight, (p, v) => p with { Cost = p.Cost with { PriceWeight = v } }),
        new("cold_stream_ms", 0, 1_000, true, p => p.Cost.ColdStreamMs, (p, v) => p with { Cost = p.Cost with { ColdStreamMs = v } }),
        new("near_ms", 0, 100, true, p => p.NearMs, (p, v) => p with { NearMs = v }),
        new("explore_share", 0, 0.1, true, p => p.ExploreShare, (p, v) => p with { ExploreShare = v }),
        new("explore_within_ms", 0, 1_000, true, p => p.ExploreWithinMs, (p, v) => p with { ExploreWithinMs = v }),
        new("bound_epsilon", 0, 10, true, p => p.BoundEpsilon, (p, v) => p with { BoundEpsilon = v }),
        new("bound_floor", 0, 1, true, p => p.BoundFloor, (p, v) => p with { BoundFloor = v }),
        new("spill_ratio", 0, 0.05, true, p => p.SpillRatio, (p, v) => p with { SpillRatio = v }),
        new("suspect_ms", 0, 1_000, false, p => p.SuspectMs, (p, v) => p with { SuspectMs = v }),
        new("eject_failures", 1, 10_000, false, p => p.Ejection.LeastReports, (p, v) => p with { Ejection = p.Ejection with { LeastReports = (int)Math.Ceiling(v) } }),
        new("eject_share", 0, 1, false, p => p.Ejection.LeastShare, (p, v) => p with { Ejection = p.Ejection with { LeastShare = v } }),
        new("eject_window_s", 1, 300, false, p => p.Ejection.WindowMs / 1_000.0, (p, v) => p with { Ejection = p.Ejection with { WindowMs = (long)(v * 1_000) } }),
        new("eject_for_s", 1, 300, false, p => p.Ejection.OutMs / 1_000.0, (p, v) => p with { Ejection = p.Ejection with { OutMs = (long)(v * 1_000) } }),
        new("eject_region_share", 0, 1, false, p => p.Ejection.MostShare, (p, v) => p with { Ejection = p.Ejection with { MostShare = v } }),
        new("freeze_share", 0.1, 1, false, p => p.FreezeShare, (p, v) => p with { FreezeShare = v }),
        new("receiver_full", 0.5, 1, false, p => p.Receivers.MostUtilisation, (p, v) => p with { Receivers = p.Receivers with { MostUtilisation = v } }),
        new("receiver_well", 0.3, 0.99, false, p => p.Receivers.WellUtilisation, (p, v) => p with { Receivers = p.Receivers with { WellUtilisation = v } }),
        new("load_linear_ms", 0, 10_000, false, p => p.Penalty.Linear, (p, v) => p with { Penalty = p.Penalty with { Linear = v } }),
        new("knee", 0, 0.99, false, p => p.Penalty.Knee, (p, v) => p with { Penalty = p.Penalty with { Knee = v } }),
        new("knee_cost_ms", 0, 10_000, false, p => p.Penalty.KneeCost, (p, v) => p with { Penalty = p.Penalty with { KneeCost = v } }),
        new("over_cost_ms", 0, 1_000_000, false, p => p.Penalty.OverCost, (p, v) => p with { Penalty = p.Penalty with { OverCost = v } }),
    ];

    /// <summary>The weight of a name; null when there is none.</summary>
    public static PolicyWeight? Find(string name)
    {
        foreach (PolicyWeight weight in All)
            if (weight.Name == name) return weight;
        return null;
    }
}
