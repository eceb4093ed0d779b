namespace Scheduler.Core.Drains;

/// <summary>
/// How fast sessions may leave a drained target, and how fast a receiver may take them in. Every bound holds by itself, so a session moves at the least of them.
/// Unit: kbit/s, and kbit/s a second for paces.
/// </summary>
/// <remarks>
/// Two per cent of a site in five seconds is damping (Fischer and Voecking: who moves by late information must move slowly). It is reckoned from what the target
/// can carry and not from what is left there, so that the tail does not crawl and a restart changes nothing. A deadline may ask for more; the receivers' bounds
/// hold all the same.
/// </remarks>
public static class MigrationPacer
{
    /// <summary>Share of a receiver's headroom that may come by migration in a second.</summary>
    public const double HeadroomPerS = 0.03;

    /// <summary>Share of what the target can carry that may leave in a second, unless the deadline asks for more: 2 % in 5 s.</summary>
    public const double SourcePerS = 0.02 / 5;

    /// <summary>Sessions that a receiver may be given in a second.</summary>
    public const int SessionsPerS = 500;

    /// <summary>Streams that a receiver may have to begin to pull in a second.</summary>
    public const int PullsPerS = 20;

    /// <summary>How much better another site must be before a session is asked to leave one that serves, ms-equivalents.</summary>
    public const double GainMs = 8;

    /// <summary>Time for which a session that has moved is left alone, s.</summary>
    public const int RestS = 120;

    /// <summary>How much dearer than the best site the one that a session is sent to may be as migration begins, ms-equivalents.</summary>
    public const float FirstDetourMs = 10;

    /// <summary>By how much that grows with every second, ms-equivalents: at first everybody waits for the best, and in the end nobody waits for ever.</summary>
    public const float DetourMsPerS = 0.5f;

    /// <summary>How much dearer than the best site the one that a session is sent to may be, ms-equivalents.</summary>
    /// <param name="sinceMs">Time since the target was closed, ms; at least 0.</param>
    public static float DetourMs(long sinceMs) => FirstDetourMs + (DetourMsPerS * sinceMs / 1_000);

    /// <summary>A receiver's headroom: what migration may add.</summary>
    /// <param name="capacityKbps">What it can carry now.</param>
    /// <param name="loadKbps">What it carries now.</param>
    /// <param name="mostUtilisation"><see cref="ReceiverBounds.MostUtilisation"/>.</param>
    public static long RoomKbps(long capacityKbps, long loadKbps, double mostUtilisation) =>
        Math.Max(0, (long)(mostUtilisation * capacityKbps) - loadKbps);

    /// <summary>What a receiver may take in each second.</summary>
    /// <param name="roomKbps">Its headroom.</param>
    public static double ReceiverPace(long roomKbps) => HeadroomPerS * roomKbps;

    /// <summary>What may leave a target each second.</summary>
    /// <param name="capacityKbps">What the target can carry.</param>
    /// <param name="leftKbps">What is left there.</param>
    /// <param name="untilDeadlineMs">Time until it is to be empty, ms; null without a deadline. At or after it, what is left may go at once.</param>
    public static double SourcePace(long capacityKbps, long leftKbps, long? untilDeadlineMs)
    {
        double damped = SourcePerS * capacityKbps;
        return untilDeadlineMs is { } left ? Math.Max(damped, leftKbps * 1_000.0 / Math.Max(1_000, left)) : damped;
    }
}
