using System.Collections.Immutable;

namespace Scheduler.State.Usage;

/// <summary>What one start of one replica says of an hour of the calendar. Those of all writers together are the hour.</summary>
/// <param name="Start">When it began, UTC.</param>
/// <param name="Writer">Names the start of the replica.</param>
/// <param name="Sites">What sites carried, by those who led; by rising number.</param>
/// <param name="Tenants">What was done for whom, by rising number of the site, then tenant.</param>
public sealed record UsageHour(DateTimeOffset Start, long Writer, ImmutableArray<SiteUsage> Sites, ImmutableArray<TenantUsage> Tenants)
{
    /// <summary>Five-minute samples of an hour.</summary>
    public const int Slots = 12;

    /// <summary>Length of an hour, ms.</summary>
    public const long LengthMs = 3_600_000;

    /// <summary>The hour that a moment is in.</summary>
    /// <param name="unixMs">The moment, Unix ms.</param>
    /// <returns>Its beginning, Unix ms.</returns>
    public static long StartOf(long unixMs) => unixMs / LengthMs * LengthMs;
}
