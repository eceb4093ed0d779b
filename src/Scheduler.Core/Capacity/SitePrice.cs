namespace Scheduler.Core.Capacity;

/// <summary>What one more Mbit/s costs at a site now, term by term, ms-equivalents.</summary>
/// <param name="LoadMs">m(u) of its load.</param>
/// <param name="BillMs">What is billed beyond its commit; 0 where every Mbit/s costs the same.</param>
/// <param name="AskedMs">What the plan asks; 0 without a plan.</param>
public readonly record struct SitePrice(double LoadMs, double BillMs, float AskedMs)
{
    /// <summary>The price: load and bill, and where the plan asks for more, <see cref="LiveLoad.PlanWeight"/> of what is missing on top.</summary>
    public float TotalMs
    {
        get
        {
            float live = (float)(LoadMs + BillMs);
            return live + (LiveLoad.PlanWeight * Math.Max(0, AskedMs - live));
        }
    }
}
