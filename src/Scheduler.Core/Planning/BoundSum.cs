namespace Scheduler.Core.Planning;

/// <summary>Adds up a dual bound and what its rounding can amount to, which is taken off it: the bound holds for the numbers as given, not only nearly.</summary>
internal struct BoundSum
{
    /// <summary>Relative error of a term before it is added: some ten operations of half a unit in the last place each, and room to spare.</summary>
    public const double TermError = 16 * 2.220446049250313e-16;

    private CompensatedSum _sum;
    private double _magnitude;

    /// <summary>The bound so far.</summary>
    public readonly double Value => _sum.Value - (TermError * _magnitude);

    /// <summary>Adds what a cell pays at least.</summary>
    public void AddCell(double demandMbps, double leastCost)
    {
        if (demandMbps == 0) return; // also where the least cost is no number: nobody pays it
        _sum.Add(demandMbps * leastCost);
        _magnitude += Math.Abs(demandMbps * leastCost);
    }

    /// <summary>Takes off what a site earns. A price that is off by a rounding could be earned on no more than all traffic.</summary>
    public void AddSite(double earnings, double price, double totalDemandMbps)
    {
        _sum.Add(-earnings);
        _magnitude += earnings + (Math.Abs(price) * totalDemandMbps);
    }
}
