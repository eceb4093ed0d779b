namespace Scheduler.Core.Drains;

/// <summary>An order to take nodes out of service for a time. It holds from its making until it expires or is deleted.</summary>
/// <param name="Id">Unique for ever; <c>d-</c> and digits.</param>
/// <param name="Target">What is drained.</param>
/// <param name="Reason">Why, in the operator's words.</param>
/// <param name="Author">Who: the name of the key.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">First instant at which it no longer holds.</param>
public sealed record Drain(string Id, DrainTarget Target, string Reason, string Author, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt)
{
    /// <summary>When it begins to be carried out; <see cref="CreatedAt"/> unless it is planned for later.</summary>
    public DateTimeOffset StartsAt { get; init; } = CreatedAt;

    /// <summary>Time from <see cref="StartsAt"/> over which the target is closed to new sessions; zero for at once.</summary>
    public TimeSpan Ramp { get; init; }

    /// <summary>By when the target is to be empty; null when there is no hurry.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>True while the drain holds; half-open, so false at the expiry itself.</summary>
    public bool HoldsAt(DateTimeOffset now) => now < ExpiresAt;
}
