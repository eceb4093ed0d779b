namespace Scheduler.Server.Http.Limits;

/// <summary>How many calls one caller may make: a token bucket, as the generic cell rate algorithm (ITU-T I.371) keeps it.</summary>
/// <remarks>
/// The whole state of a bucket is one number: the moment at which it will be full again, in ticks of 100 ns. A call moves it on by the time that a token
/// takes to come back; a moment that lies further ahead than the window means an empty bucket. So a bucket that nobody draws from needs no care.
/// </remarks>
internal sealed class RatePolicy
{
    /// <summary>A policy.</summary>
    /// <param name="name">Its name on the wire; letters.</param>
    /// <param name="perS">Calls a second, 1 to 1,000,000.</param>
    /// <param name="windowS">Seconds after which an empty bucket is full, at least 1: it holds as many calls as come back in them.</param>
    public RatePolicy(string name, int perS, int windowS)
    {
        (Name, Quota, WindowS) = (name, (long)perS * windowS, windowS);
        TokenTicks = TimeSpan.TicksPerSecond / perS;
        WindowTicks = TokenTicks * Quota;
    }

    /// <summary>Its name on the wire.</summary>
    public string Name { get; }

    /// <summary>Calls that a full bucket holds.</summary>
    public long Quota { get; }

    /// <summary>Seconds after which an empty bucket is full.</summary>
    public int WindowS { get; }

    /// <summary>Time in which one token comes back, ticks.</summary>
    public long TokenTicks { get; }

    /// <summary>Time in which an empty bucket fills, ticks.</summary>
    public long WindowTicks { get; }

    /// <summary>Takes tokens out of a bucket, all or none.</summary>
    /// <param name="full">When the bucket is full again, ticks; any time in the past for one that is.</param>
    /// <param name="now">The time, ticks.</param>
    /// <param name="cost">Tokens, at least 1; more than the bucket can hold count as all it holds.</param>
    /// <param name="left">Tokens left, in [0, <see cref="Quota"/>].</param>
    /// <returns>When the bucket is full after that; null when it holds too few, and nothing was taken.</returns>
    public long? Take(long full, long now, long cost, out long left)
    {
        long from = Math.Max(full, now);
        long after = from + (Math.Min(cost, Quota) * TokenTicks);
        bool enough = after - now <= WindowTicks;
        left = Math.Max(0, WindowTicks - ((enough ? after : from) - now)) / TokenTicks;
        return enough ? after : null;
    }
}
