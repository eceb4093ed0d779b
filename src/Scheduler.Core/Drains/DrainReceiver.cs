namespace Scheduler.Core.Drains;

/// <summary>A site that carries more once the target is drained.</summary>
/// <param name="Site">Index of the site.</param>
/// <param name="CapacityMbps">What it may carry, Mbit/s; over 0.</param>
/// <param name="BeforeMbps">Its load without the drain, Mbit/s.</param>
/// <param name="AfterMbps">Its load with the drain, Mbit/s; over <paramref name="BeforeMbps"/>.</param>
public readonly record struct DrainReceiver(int Site, double CapacityMbps, double BeforeMbps, double AfterMbps)
{
    /// <summary>Load over capacity without the drain.</summary>
    public double UtilisationBefore => BeforeMbps / CapacityMbps;

    /// <summary>Load over capacity with the drain.</summary>
    public double UtilisationAfter => AfterMbps / CapacityMbps;
}
