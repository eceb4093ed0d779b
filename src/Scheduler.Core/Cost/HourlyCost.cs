using Scheduler.Core.Topology;

namespace Scheduler.Core.Cost;

/// <summary>What an hour of a load costs under a tariff, whatever the month may still bring: its price for a month, by the hours of a mean month.</summary>
public static class HourlyCost
{
    /// <summary>Hours of a mean month: a twelfth of 365 days.</summary>
    public const double HoursPerMonth = 730;

    /// <summary>The cost, in units of the tariff (Europe = 1 a Mbit/s and month); at least 0. What lies below the commit is paid for anyway and costs nothing more.</summary>
    /// <param name="tariff">The tariff.</param>
    /// <param name="loadMbps">The load, Mbit/s; at least 0.</param>
    public static double Of(Tariff tariff, double loadMbps)
    {
        ArgumentNullException.ThrowIfNull(tariff);
        return tariff.PricePerMbps * Math.Max(0, loadMbps - tariff.Commit.Mbps) / HoursPerMonth;
    }
}
