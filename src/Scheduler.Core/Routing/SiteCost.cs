using Scheduler.Core.Topology;

namespace Scheduler.Core.Routing;

/// <summary>The part of a score that load does not change: <c>a = RTT + 2 max(0, RTT - comfort) + weight * price</c>.</summary>
/// <param name="ComfortMs">Round-trip time beyond which each millisecond counts three times. Default 80.</param>
/// <param name="ExcessWeight">Weight of the excess over comfort; at least 0. Default 2.</param>
/// <param name="PriceWeight">Milliseconds that one unit of price (Europe = 1) is worth; at least 0. Default 1.</param>
/// <param name="ColdStreamMs">kappa: cost of a site that would have to pull the stream first. Default 4.</param>
public sealed record SiteCost(double ComfortMs, double ExcessWeight, double PriceWeight, double ColdStreamMs)
{
    /// <summary>80 ms, 2, 1, 4 ms.</summary>
    public static SiteCost Default { get; } = new(80, 2, 1, 4);

    /// <summary>
    /// True to price bandwidth under a tariff of the 95th percentile beyond its commit, or the level billed this month already, and nothing below; false, the
    /// default, to price every Mbit/s alike.
    /// </summary>
    public bool PriceCommits { get; init; }

    /// <summary>True when bandwidth of a tariff is priced beyond its commit only.</summary>
    public bool IsByCommit(Tariff tariff) => PriceCommits && tariff.Billing == TariffBilling.Percentile95;

    /// <summary>The price that every Mbit/s of a tariff has, whatever the load, Europe = 1.</summary>
    public double LinearPrice(Tariff tariff) => IsByCommit(tariff) ? 0 : tariff.PricePerMbps;

    /// <summary>a in ms-equivalents.</summary>
    /// <param name="rttMs">Round-trip time, ms; at least 0.</param>
    /// <param name="pricePerMbps">Price of the site's tariff, Europe = 1.</param>
    public double Of(double rttMs, double pricePerMbps) =>
        rttMs + (ExcessWeight * Math.Max(0, rttMs - ComfortMs)) + (PriceWeight * pricePerMbps);
}
