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
    /// <summary>The stored form of a drain.</summary>
    public static StoredDrain Of(Drain drain)
        => new(drain.Id, drain.Target.Kind, drain.Target.Value, drain.Reason, drain.Author, drain.CreatedAt, drain.ExpiresAt);

    /// <summary>The drain.</summary>
    public Drain ToDrain() => new(Id, new DrainTarget(Kind, Target), Reason, Author, CreatedAt, ExpiresAt);
}
