namespace Scheduler.Protocol.Admin;

/// <summary>Body of <c>POST /v1/admin/drains</c>.</summary>
/// <param name="Target">What to take out of service.</param>
/// <param name="Reason">Why; 1 to 500 characters.</param>
/// <param name="ExpiresAt">When the drain ends by itself; in the future, at most 72 hours ahead.</param>
/// <param name="StartsAt">When it begins; before its end. Absent for at once.</param>
/// <param name="RampS">Seconds over which the target is closed to new sessions; 0 (or absent) for at once, else 5 to 86,400.</param>
/// <param name="Deadline">By when the target is to be empty; after the ramp, and not after the end. Absent when there is no hurry.</param>
/// <param name="PreviewId">The preview that was shown; the drain is refused when it would do worse now. Absent for none.</param>
/// <param name="Force">True starts the drain even when no node would be left to serve viewers; absent for false.</param>
/// <param name="Local">
/// True has this replica take the drain by itself, whether or not the store can be reached: it holds at once and becomes a revision when the store is there. Absent for false.
/// </param>
public sealed record DrainRequestMessage(
    DrainTargetMessage Target,
    string Reason,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? StartsAt = null,
    double? RampS = null,
    DateTimeOffset? Deadline = null,
    string? PreviewId = null,
    bool? Force = null,
    bool? Local = null);
