namespace Scheduler.Core.Drains;

/// <summary>
/// How a target is closed to new sessions: the share of its free part that is open falls with time, in steps that the receivers can bear. A ramp is therefore as
/// long as was asked for, or longer.
/// </summary>
public static class DrainRamp
{
    /// <summary>Time between two steps, ms.</summary>
    public const int StepMs = 5_000;

    /// <summary>What one step may push onto the receivers at most, as a share of their headroom.</summary>
    public const double StepShare = 0.02;

    /// <summary>The share that would be open if the receivers could bear anything, in [0, 1].</summary>
    /// <param name="sinceStartMs">Time since the drain's start, ms; negative counts as 0.</param>
    /// <param name="ramp">Length of the ramp; zero closes at once.</param>
    public static double Wanted(long sinceStartMs, TimeSpan ramp) =>
        ramp <= TimeSpan.Zero ? 0 : Math.Clamp(1 - (sinceStartMs / ramp.TotalMilliseconds), 0, 1);

    /// <summary>The share that is open after a step; never more than before.</summary>
    /// <param name="admitting">The share before, in [0, 1].</param>
    /// <param name="wanted">What time asks for, in [0, 1].</param>
    /// <param name="load">What closing pushes onto the receivers.</param>
    public static double Next(double admitting, double wanted, RampLoad load)
    {
        if (wanted >= admitting) return admitting;
        if (load.FreeKbps <= 0) return wanted; // a full target closes by itself: nobody is turned away who was not before
        return Math.Max(wanted, admitting - MostStep(load));
    }

    /// <summary>Time until the target is closed, if the receivers stay as they are, ms; null when they have no headroom.</summary>
    /// <param name="admitting">The share that is open now, in [0, 1].</param>
    /// <param name="leftMs">Time until the ramp's end as it was asked for, ms; at least 0.</param>
    /// <param name="load">What closing pushes onto the receivers.</param>
    public static long? RemainingMs(double admitting, long leftMs, RampLoad load)
    {
        if (admitting <= 0) return 0;
        if (load.FreeKbps <= 0) return leftMs;
        double step = MostStep(load);
        return step <= 0 ? null : Math.Max(leftMs, (long)(Math.Ceiling(admitting / step) * StepMs));
    }

    /// <summary>What one step may close: who is there stays, so that in a step's time no more is pushed away than is closed, and no more than would have come.</summary>
    private static double MostStep(RampLoad load)
    {
        double bearable = StepShare * Math.Max(0, load.HeadroomKbps);
        return bearable > 0 && load.ArrivingKbps <= bearable ? 1 : bearable / load.FreeKbps;
    }
}
