using Scheduler.Core.Drains;
using Scheduler.Core.Topology;

namespace Scheduler.Server.Endpoints.Admin;

/// <summary>A checked request for a preview.</summary>
/// <param name="Target">What would be drained.</param>
/// <param name="From">When it would begin.</param>
/// <param name="Until">Until when it is judged.</param>
internal sealed record DrainPreviewRequest(DrainTarget Target, DateTimeOffset From, DateTimeOffset Until)
{
    private const double LongestRampS = 86_400;
    private static readonly TimeSpan UsualLifetime = TimeSpan.FromHours(4);
    private static readonly TimeSpan MostLifetime = TimeSpan.FromHours(72);

    /// <summary>Reads the fields; null, with every fault noted, when they are no request.</summary>
    /// <param name="fields">The body.</param>
    /// <param name="fleet">The present fleet, where the target must stand for something.</param>
    /// <param name="now">The time.</param>
    /// <param name="problem">The answer, when the result is null.</param>
    public static DrainPreviewRequest? Read(BodyFields fields, Fleet fleet, DateTimeOffset now, out IResult? problem)
    {
        DrainTarget? target = DrainTargetReader.Read(fields);
        if (target is not null && DrainTargets.FindFault(fleet, target) is { } fault) fields.Fault("target", fault);
        DateTimeOffset? startsAt = fields.OptionalTime("starts_at"), deadline = fields.OptionalTime("deadline"), expiresAt = fields.OptionalTime("expires_at");
        if (startsAt < now) fields.Fault("starts_at", "must not have passed; leave it out for now");
        if (fields.OptionalNumber("ramp_s") is not (null or (>= 0 and <= LongestRampS))) fields.Fault("ramp_s", FormattableString.Invariant($"must be in [0, {LongestRampS}]"));
        DateTimeOffset from = startsAt ?? now, until = expiresAt ?? deadline ?? from + UsualLifetime;
        foreach ((string field, DateTimeOffset? end) in ((string, DateTimeOffset?)[])[("deadline", deadline), ("expires_at", expiresAt)])
        {
            if (end <= from) fields.Fault(field, "must be after the start");
            if (end > now + MostLifetime) fields.Fault(field, "must be at most 72 hours ahead");
        }
        return fields.HasFaults(out problem) ? null : new DrainPreviewRequest(target!, from.ToUniversalTime(), until.ToUniversalTime());
    }
}
