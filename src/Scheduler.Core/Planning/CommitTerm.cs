namespace Scheduler.Core.Planning;

/// <summary>
/// Bandwidth that is paid for anyway: traffic below the commit costs nothing more, above it the price, ramped over
/// <see cref="RampRatio"/> of the capacity so that the marginal has no step and a plan can rest on it.
/// </summary>
/// <param name="CommitMbps">The commit, or the level that is billed this month already, whichever is higher; at least 0.</param>
/// <param name="Price">What one Mbit/s above it costs, ms-equivalents; at least 0.</param>
public readonly record struct CommitTerm(double CommitMbps, double Price)
{
    /// <summary>Length of the ramp as a share of the site's capacity.</summary>
    public const double RampRatio = 0.02;
}
