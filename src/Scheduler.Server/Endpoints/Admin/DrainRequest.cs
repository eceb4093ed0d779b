using Scheduler.Core.Drains;
using Scheduler.Core.Topology;

namespace Scheduler.Server.Endpoints.Admin;

/// <summary>A checked request for a drain.</summary>
/// <param name="Target">What to take out of service.</param>
/// <param name="Reason">Why.</param>
/// <param name="ExpiresAt">When it ends by itself.</param>
/// <param name="Shown">The preview that the operator was shown; null when he names none.</param>
/// <param name="Force">True when it is to be made whatever the guards say, and no serving node need be left.</param>
internal sealed record DrainRequest(DrainTarget Target, string Reason, DateTimeOffset ExpiresAt, PreviewBook.Entry? Shown, bool Force)
{
    private static readonly TimeSpan MostLifetime = TimeSpan.FromHours(72);

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
        if (expiresAt > now + MostLifetime) fields.Fault("expires_at", "must be at most 72 hours ahead; a drain can be made again");
        if (fields.OptionalNumber("ramp_s") is { } ramp && ramp != 0) fields.Fault("ramp_s", "must be 0 or absent: this version drains at once");
        if (fields.Find("starts_at") is not null) fields.Fault("starts_at", "must be absent: this version drains at once");
        PreviewBook.Entry? shown = null;
        if (fields.OptionalText("preview_id", 64) is { } preview)
        {
            shown = previews.Find(preview);
            if (shown is null) fields.Fault("preview_id", "names no preview of the last hour at this replica; ask for one again");
            else if (target is not null && shown.Target != target) fields.Fault("preview_id", "is the preview of another target");
        }

        bool force = fields.OptionalFlag("force");
        return fields.HasFaults(out problem) ? null : new DrainRequest(target!, reason!, expiresAt!.Value.ToUniversalTime(), shown, force);
    }
}
