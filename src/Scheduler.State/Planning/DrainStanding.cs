namespace Scheduler.State.Planning;

/// <summary>Whether a site could be drained, and for how long.</summary>
/// <param name="Until">Until when; null for as long as was looked ahead. Not after the look itself where it could not be drained at all.</param>
/// <param name="Why">What speaks against it, then or already; null when nothing does.</param>
/// <param name="AtMs">When it was found, monotonic ms.</param>
public sealed record DrainStanding(DateTimeOffset? Until, string? Why, long AtMs);
