namespace Scheduler.State;

/// <summary>The two times of a process: a monotonic one for ages, and the calendar's for what leaves the process.</summary>
/// <param name="time">Where they come from.</param>
public sealed class SchedulerClock(TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    /// <summary>Milliseconds since this clock was made; never steps back.</summary>
    public long NowMs => (long)time.GetElapsedTime(_start).TotalMilliseconds;

    /// <summary>Whole seconds since this clock was made; never steps back. Deadlines and ages are counted in these, so that a calendar that is set
    /// forward ends no session, and one that is set back keeps none alive.</summary>
    public long NowS => NowMs / 1_000;

    /// <summary>Unix time, ms.</summary>
    public long UnixMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Unix time, whole seconds.</summary>
    public long UnixS => time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>The calendar's time.</summary>
    public DateTimeOffset UtcNow => time.GetUtcNow();

    /// <summary>The source, for timers.</summary>
    public TimeProvider Time => time;
}
