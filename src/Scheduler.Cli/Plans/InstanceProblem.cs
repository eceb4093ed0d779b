namespace Scheduler.Cli.Plans;

/// <summary>What is wrong with a planning instance.</summary>
/// <param name="Field">Where, such as <c>cells[3].demand_mbps</c>; empty for the document itself.</param>
/// <param name="Reason">What is wrong.</param>
internal sealed record InstanceProblem(string Field, string Reason);
