using Scheduler.Core.Drains;
using Scheduler.Core.Topology;

namespace Scheduler.Server.Endpoints.Admin;

/// <summary>A checked request for a drain.</summary>
/// <param name="Target">What to take out of service.</param>
/// <param name="Reason">Why.</param>
/// <param name="ExpiresAt">When it ends by itself.</param>
/// <param name="StartsAt">When it begins; null for at once.</param>
/// <param name="Ramp">Time over which the target is closed to new sessions; zero for at once.</param>
/// <param name="Deadline">By when the target is to be empty; null when there is no hurry.</param>
/// <param name="Shown">The preview that the operator was shown; null when he names none.</param>
/// <param name="Force">True when it is to be made whatever the guards say, and no serving node need be left.</param>
/// <param name="IsLocal">True when the replica is to take it by itself, and the store is to learn of it when it can.</param>
internal sealed record DrainRequest(
    DrainTarget Target, string Reason, DateTimeOffset ExpiresAt, DateTimeOffset? StartsAt, TimeSpan Ramp, DateTimeOffset? Deadline, PreviewBook.Entry? Shown, bool Force, bool IsLocal)
{
    private const double ShortestRampS = DrainRamp.StepMs / 1_000.0;
    private const double LongestRampS = 86_400;

    private static readonly TimeSpan MostLifetime = TimeSpan.FromHours(72);
    private static readonly TimeSpan MostAhead = TimeSpan.FromDays(30);

    /// <summary>Reads the fields; null, with every fault noted, when they are no drain.</summary>
    /// <param name="fields">The body.</param>
    /// <param name="fleet">The present fleet, where the target must stand for something.</param>
    /// <param name="now">The time.</param>
    /// <param name="previews">The previews that are remembered.</param>
    /// <param name="problem">The answer, when the result is null.</param>
    public static DrainRequest? Read(BodyFields fields, Fleet fleet, DateTimeOffset now, PreviewBook previews, out IResult? problem)
    {
        DrainTarget? target = DrainTargetReader.Read(fields);
        if (target is not null && DrainTargets.FindFault(fleet, target) is { } fault) fields.Fault("target", fault);

        string? reason = fields.RequiredText("reason", ChangeReason.MostLength);
        DateTimeOffset? expiresAt = fields.RequiredTime("expires_at");
        if (expiresAt <= now) fields.Fault("expires_at", "must be in the future");
        DateTimeOffset? startsAt = fields.OptionalTime("starts_at");
        if (startsAt > now + MostAhead) fields.Fault("starts_at", "must be at most 30 days ahead");
        if (expiresAt - (startsAt ?? now) > MostLifetime) fields.Fault("expires_at", "must be at most 72 hours after the start; a drain can be made again");
        if (startsAt < now) fields.Fault("starts_at", "must not have passed; leave it out to start at once");
        if (startsAt >= expiresAt) fields.Fault("starts_at", "must be before expires_at");
        double rampS = fields.OptionalNumber("ramp_s") ?? 0;
        if (rampS != 0 && rampS is < ShortestRampS or > LongestRampS)
            fields.Fault("ramp_s", FormattableString.Invariant($"must be 0 (at once), or in [{ShortestRampS}, {LongestRampS}]"));
        DateTimeOffset? deadline = fields.OptionalTime("deadline");
        if (rampS is >= 0 and <= LongestRampS && deadline <= (startsAt ?? now).AddSeconds(rampS)) fields.Fault("deadline", "must be after the start and the ramp");
        if (deadline > expiresAt) fields.Fault("deadline", "must not be after expires_at");
        PreviewBook.Entry? shown = null;
        if (fields.OptionalText("preview_id", 64) is { } preview)
        {
            shown = previews.Find(preview);
            if (shown is null) fields.Fault("preview_id", "names no preview of the last hour at this replica; ask for one again");
            else if (target is not null && shown.Target != target) fields.Fault("preview_id", "is the preview of another target");
        }

        bool force = fields.OptionalFlag("force"), isLocal = fields.OptionalFlag("local");
        return fields.HasFaults(out problem) ? null : new DrainRequest(
            target!, reason!, expiresAt!.Value.ToUniversalTime(), startsAt?.ToUniversalTime(), TimeSpan.FromSeconds(rampS), deadline?.ToUniversalTime(), shown, force, isLocal);
    }
}
