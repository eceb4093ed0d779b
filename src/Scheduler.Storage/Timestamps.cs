namespace Scheduler.Storage;

/// <summary>Times as stores keep them: whole microseconds since 1970-01-01 UTC, which both SQLite and PostgreSQL hold exactly.</summary>
internal static class Timestamps
{
    private const long TicksPerMicrosecond = TimeSpan.TicksPerMicrosecond;

    /// <summary>The time as microseconds, rounded down to a whole one; not before 1970.</summary>
    public static long ToMicroseconds(DateTimeOffset at) => (at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TicksPerMicrosecond;

    /// <summary>The time of microseconds.</summary>
    public static DateTimeOffset FromMicroseconds(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TicksPerMicrosecond);

    /// <summary>The time as it comes back from a store.</summary>
    public static DateTimeOffset Rounded(DateTimeOffset at) => FromMicroseconds(ToMicroseconds(at));
}
