namespace Scheduler.Core.Capacity;

/// <summary>What a node can carry, from all that is said of it. Unit throughout: kbit/s.</summary>
public static class Headroom
{
    /// <summary>Share of its processors beyond which a node's egress is taken to be limited by them.</summary>
    private const double BusyCpu = 0.9;

    /// <summary>The least of what a node reports, what it was declared with, its share of the site's cap, and every limit it reports.</summary>
    /// <param name="report">The node's latest word.</param>
    /// <param name="declaredKbps">Capacity in the fleet.</param>
    /// <param name="siteShareKbps">Its share of the site's egress cap; <see cref="long.MaxValue"/> without a cap.</param>
    /// <remarks>
    /// A limit in another unit is taken as proportional: with <c>current</c> of <c>hard</c> in use at this egress, the node is full at
    /// <c>egress * hard / current</c>. The processor counts only when it is busy, since an idle node's share says nothing of its peak.
    /// </remarks>
    public static long CapacityKbps(in NodeReport report, long declaredKbps, long siteShareKbps)
    {
        double capacity = Math.Min(report.CapacityKbps, Math.Min(declaredKbps, siteShareKbps));
        foreach (ReportedLimit limit in report.Limits)
        {
            if (limit.Current >= limit.Hard) capacity = Math.Min(capacity, report.LoadKbps);
            else if (limit.Current > 0) capacity = Math.Min(capacity, report.LoadKbps * (limit.Hard / limit.Current));
        }
        if (report.CpuRatio is > BusyCpu and { } cpu) capacity = Math.Min(capacity, report.LoadKbps / cpu);
        return (long)capacity;
    }

    /// <summary>Capacity of which only a share of the free part is open: <c>L + f max(0, C - L)</c>.</summary>
    /// <param name="capacityKbps">C.</param>
    /// <param name="loadKbps">L.</param>
    /// <param name="share">f, in [0, 1]: slow start and operator's weight.</param>
    public static long EffectiveKbps(long capacityKbps, long loadKbps, double share) =>
        share >= 1 ? capacityKbps : Math.Min(capacityKbps, loadKbps) + (long)(share * Math.Max(0, capacityKbps - loadKbps));
}
