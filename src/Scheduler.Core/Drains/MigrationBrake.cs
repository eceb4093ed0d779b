namespace Scheduler.Core.Drains;

/// <summary>
/// Lets one receiver wait while it is too full or fails its players, and gives it more once there is some distance to that again: without the distance it would
/// stop and go with every session. The others go on.
/// </summary>
public struct MigrationBrake
{
    /// <summary>Failure reports within <see cref="FailureWindowS"/> that stop a migration at the least.</summary>
    public const int LeastFailures = 5;

    /// <summary>And the share of the sessions there that they must be.</summary>
    public const double LeastFailureShare = 0.01;

    /// <summary>Time over which failure reports are counted, s.</summary>
    public const int FailureWindowS = 10;

    private bool _full;
    private bool _fails;

    /// <summary>Why it waits; null while it does not. Failing players come first: they are worse than a full site.</summary>
    public readonly DrainPause? Cause => _fails ? DrainPause.ReceiverFails : _full ? DrainPause.ReceiverFull : null;

    /// <summary>Looks at the receiver anew.</summary>
    /// <param name="utilisation">Its load over what it can carry.</param>
    /// <param name="failing">Its <see cref="Failing"/>.</param>
    /// <param name="bounds">How full it may be.</param>
    public void Update(double utilisation, double failing, ReceiverBounds bounds)
    {
        ArgumentNullException.ThrowIfNull(bounds);
        _full = utilisation > (_full ? bounds.WellUtilisation : bounds.MostUtilisation);
        _fails = failing >= (_fails ? 0.5 : 1);
    }

    /// <summary>How badly players are failed: at 1 and above a migration stops.</summary>
    /// <param name="failures">Failure reports within the window.</param>
    /// <param name="sessions">Sessions there.</param>
    public static double Failing(long failures, long sessions) => failures / Math.Max(LeastFailures, LeastFailureShare * sessions);
}
