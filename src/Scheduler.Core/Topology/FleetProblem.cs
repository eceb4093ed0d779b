namespace Scheduler.Core.Topology;

/// <summary>One thing that is wrong with a fleet.</summary>
/// <param name="Field">
/// Path into the document, such as <c>sites[3].upstreams[0]</c> or <c>sites[3].nodes[1].host</c>; empty for the document itself.
/// </param>
/// <param name="Reason">What is wrong and what would be right, one sentence without a full stop.</param>
public sealed record FleetProblem(string Field, string Reason);
