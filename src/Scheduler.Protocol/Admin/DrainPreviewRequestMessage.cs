namespace Scheduler.Protocol.Admin;

/// <summary>Body of <c>POST /v1/admin/drains:preview</c>: what <c>POST /v1/admin/drains</c> would be sent, of which only the target is required.</summary>
/// <param name="Target">What would be taken out of service.</param>
/// <param name="StartsAt">When it would begin; absent for now.</param>
/// <param name="RampS">Seconds over which it would be closed, 0 to 86,400. The numbers are those of the end of the ramp.</param>
/// <param name="Deadline">By when the target would be empty; judged until then where <paramref name="ExpiresAt"/> is absent.</param>
/// <param name="ExpiresAt">When it would end, at most 72 hours ahead; judged until then. Four hours after the start where neither is given.</param>
public sealed record DrainPreviewRequestMessage(
    DrainTargetMessage Target, DateTimeOffset? StartsAt = null, double? RampS = null, DateTimeOffset? Deadline = null, DateTimeOffset? ExpiresAt = null);
