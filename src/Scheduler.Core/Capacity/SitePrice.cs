namespace Scheduler.Core.Capacity;

/// <summary>What one more Mbit/s costs at a site now, term by term, ms-equivalents.</summary>
/// <param name="LoadMs">m(u) of its load.</param>
/// <param name="BillMs">What is billed beyond its commit; 0 where every Mbit/s costs the same.</param>
/// <param name="FloorMs">What the plan asks at least; 0 without a plan.</param>
public readonly record struct SitePrice(double LoadMs, double BillMs, float FloorMs)
{
    /// <summary>The price: load and bill, or the floor where that is higher.</summary>
    public float TotalMs => Math.Max(FloorMs, (float)(LoadMs + BillMs));
}
