using Scheduler.Core.Units;

namespace Scheduler.Core.Topology;

/// <summary>What a site's bandwidth costs.</summary>
/// <param name="Id">Unique in the fleet; <c>[a-z0-9-]</c>, 1 to 32 characters.</param>
/// <param name="PricePerMbps">Price of one more Mbit/s for a month, in units of the cheapest region (Europe = 1); at least 0.</param>
/// <param name="Billing">How the month's bill is measured.</param>
/// <param name="Commit">Bandwidth that is paid for anyway; zero for none.</param>
public sealed record Tariff(string Id, double PricePerMbps, TariffBilling Billing, BitRate Commit)
{
    /// <summary>
    /// Price of one more Mbit/s that comes in, for a month, in the same units; at least 0. Default 0: transit is billed by the busier way, which at a place that serves
    /// viewers is out.
    /// </summary>
    public double IngressPerMbps { get; init; }
}
