namespace Scheduler.Protocol.Admin;

/// <summary>The plan behind an explanation.</summary>
/// <param name="Version">As in <see cref="PlanMessage"/>.</param>
/// <param name="State"><c>current</c>, or <c>stale</c>: its prices are not used.</param>
/// <param name="AgeMs">How long ago it was last found to hold, ms.</param>
public sealed record ExplainedPlanMessage(long Version, string State, long AgeMs);
