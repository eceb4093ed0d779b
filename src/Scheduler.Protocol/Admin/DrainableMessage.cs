namespace Scheduler.Protocol.Admin;

/// <summary>Whether a site could be drained.</summary>
/// <param name="Verdict"><c>yes</c> (for the next 24 hours), <c>until</c> or <c>no</c>.</param>
/// <param name="Until">Until when, where the verdict is <c>until</c>; else absent.</param>
/// <param name="Why">What speaks against it then, or already; absent when nothing does.</param>
/// <param name="CheckedMsAgo">Age of the answer, ms.</param>
public sealed record DrainableMessage(string Verdict, DateTimeOffset? Until, string? Why, long CheckedMsAgo);
