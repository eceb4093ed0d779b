using Scheduler.Core.Drains;

namespace Scheduler.Server.Persistence;

/// <summary>A drain in a stored document. The form is kept for ever: add members, never change one.</summary>
internal sealed record StoredDrain(
    string Id,
    DrainTargetKind Kind,
    string Target,
    string Reason,
    string Author,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt)
{
    /// <summary>When it begins; null, as in what earlier versions stored, for at its making.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>Length of its ramp, s; 0 without one.</summary>
    public double RampS { get; init; }

    /// <summary>By when the target is to be empty; null when there is no hurry.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>The stored form of a drain.</summary>
    public static StoredDrain Of(Drain drain)
        => new(drain.Id, drain.Target.Kind, drain.Target.Value, drain.Reason, drain.Author, drain.CreatedAt, drain.ExpiresAt)
        {
            StartsAt = drain.StartsAt,
            RampS = drain.Ramp.TotalSeconds,
            Deadline = drain.Deadline,
        };

    /// <summary>The drain.</summary>
    public Drain ToDrain() => new(Id, new DrainTarget(Kind, Target), Reason, Author, CreatedAt, ExpiresAt)
    {
        StartsAt = StartsAt ?? CreatedAt,
        Ramp = TimeSpan.FromSeconds(RampS),
        Deadline = Deadline,
    };
}
