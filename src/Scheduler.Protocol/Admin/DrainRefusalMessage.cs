namespace Scheduler.Protocol.Admin;

/// <summary>A guard's no.</summary>
/// <param name="Guard"><c>infeasible</c>, <c>region_cap</c> or <c>no_spare</c>.</param>
/// <param name="Detail">Why, in words.</param>
public sealed record DrainRefusalMessage(string Guard, string Detail);
