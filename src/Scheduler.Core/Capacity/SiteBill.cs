using Scheduler.Core.Planning;

namespace Scheduler.Core.Capacity;

/// <summary>What load beyond a site's commit costs: <see cref="CommitTerm"/> as it is read live. One reference, so that who reads it never sees half of it.</summary>
/// <param name="FreeKbps">Load that costs nothing more: the commit, or the level that is billed this month already; kbit/s, at least 0.</param>
/// <param name="PriceMs">What one Mbit/s above it costs, ms-equivalents; at least 0.</param>
public sealed record SiteBill(double FreeKbps, double PriceMs)
{
    /// <summary>B': what one more Mbit/s costs at a load, ms-equivalents, ramped as in the plan.</summary>
    /// <param name="loadKbps">Load, kbit/s.</param>
    /// <param name="inverseCapacity">One over the site's capacity in kbit/s.</param>
    public double Marginal(double loadKbps, double inverseCapacity) =>
        PriceMs * Math.Clamp((loadKbps - FreeKbps) * inverseCapacity / CommitTerm.RampRatio, 0, 1);
}
