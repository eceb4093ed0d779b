namespace Scheduler.Core.Dispatch;

/// <summary>One candidate of a decision.</summary>
/// <param name="Node">Index of the node.</param>
/// <param name="Site">Index of its site.</param>
/// <param name="RttMs">Round-trip time to the site, ms.</param>
/// <param name="Score">The site's score, ms-equivalents.</param>
public readonly record struct Choice(int Node, int Site, float RttMs, float Score);
