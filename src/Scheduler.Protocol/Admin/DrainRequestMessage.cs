namespace Scheduler.Protocol.Admin;

/// <summary>Body of <c>POST /v1/admin/drains</c>.</summary>
/// <param name="Target">What to take out of service.</param>
/// <param name="Reason">Why; 1 to 500 characters.</param>
/// <param name="ExpiresAt">When the drain ends by itself; in the future, at most 72 hours ahead.</param>
/// <param name="RampS">Seconds over which the target is emptied; only 0 (at once), or absent.</param>
/// <param name="Force">True starts the drain even when no node would be left to serve viewers; absent for false.</param>
public sealed record DrainRequestMessage(DrainTargetMessage Target, string Reason, DateTimeOffset ExpiresAt, double? RampS = null, bool? Force = null);
