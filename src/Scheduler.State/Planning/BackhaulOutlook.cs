using System.Collections.Immutable;

namespace Scheduler.State.Planning;

/// <summary>What a drain does to what comes in and what is pulled, as things are now.</summary>
/// <param name="Publishers">Streams that publishers send to the target: they have to send them elsewhere.</param>
/// <param name="Pulls">Streams that other sites pull from it, each counted once for each node: they have to be pulled from elsewhere.</param>
/// <param name="Kbps">What these pulls weigh, kbit/s.</param>
/// <param name="Shortages">Links that cannot carry them, the greatest shortage first.</param>
public sealed record BackhaulOutlook(int Publishers, int Pulls, long Kbps, ImmutableArray<LinkShortage> Shortages)
{
    /// <summary>True when the links that are left can carry what the target fed.</summary>
    public bool IsFeasible => Shortages.IsEmpty;
}
