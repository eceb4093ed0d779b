using Scheduler.Core.Units;

namespace Scheduler.Core.Policies;

/// <summary>Other numbers for a tariff of the fleet: prices change more often than machines.</summary>
/// <param name="Tariff">Id of the tariff.</param>
/// <param name="PricePerMbps">Price of one more Mbit/s for a month; null to leave it.</param>
/// <param name="Commit">Bandwidth that is paid for anyway; null to leave it.</param>
public sealed record TariffOverride(string Tariff, double? PricePerMbps, BitRate? Commit);
