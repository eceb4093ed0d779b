using System.Collections.Immutable;

namespace Scheduler.State.Usage;

/// <summary>What a site carried in an hour of the calendar.</summary>
/// <param name="Site">Permanent number of the site.</param>
/// <param name="Kbps">The mean load of each of its twelve times five minutes, kbit/s; null where nobody looked.</param>
public sealed record SiteUsage(int Site, ImmutableArray<long?> Kbps);
