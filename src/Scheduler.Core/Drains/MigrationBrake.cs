namespace Scheduler.Core.Drains;

/// <summary>
/// Stops a migration while a receiver is too full or fails its players, and lets it go on once there is some distance to that again: without the distance it would
/// stop and go with every session.
/// </summary>
public sealed class MigrationBrake
{
    /// <summary>Utilisation below which a receiver that was too full is well again.</summary>
    public const double WellUtilisation = 0.87;

    /// <summary>Failure reports at one receiver within <see cref="FailureWindowS"/> that stop a migration at the least.</summary>
    public const int LeastFailures = 5;

    /// <summary>And the share of its sessions that they must be.</summary>
    public const double LeastFailureShare = 0.01;

    /// <summary>Time over which failure reports are counted, s.</summary>
    public const int FailureWindowS = 10;

    private bool _full;
    private bool _fails;

    /// <summary>Why the migration stands still; null while it goes on. Failing players come first: they are worse than a full site.</summary>
    public DrainPause? Cause => _fails ? DrainPause.ReceiverFails : _full ? DrainPause.ReceiverFull : null;

    /// <summary>Looks at the receivers anew.</summary>
    /// <param name="mostUtilisation">The highest utilisation of a receiver; 0 without any.</param>
    /// <param name="mostFailing">The highest <see cref="Failing"/> of a receiver; 0 without any.</param>
    public void Update(double mostUtilisation, double mostFailing)
    {
        _full = mostUtilisation > (_full ? WellUtilisation : MigrationPacer.MostUtilisation);
        _fails = mostFailing >= (_fails ? 0.5 : 1);
    }

    /// <summary>How badly a receiver fails its players: at 1 and above a migration stops.</summary>
    /// <param name="failures">Failure reports within the window.</param>
    /// <param name="sessions">Sessions there.</param>
    public static double Failing(long failures, long sessions) => failures / Math.Max(LeastFailures, LeastFailureShare * sessions);
}
