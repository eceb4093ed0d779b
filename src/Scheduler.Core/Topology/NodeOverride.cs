namespace Scheduler.Core.Topology;

/// <summary>What an operator set for one node, over what the fleet says.</summary>
/// <param name="Node">Id of the node.</param>
/// <param name="InService">False takes it out of service.</param>
/// <param name="Weight">Share of its free capacity that may be handed out, in (0, 1]; default 1.</param>
public sealed record NodeOverride(string Node, bool InService, double Weight);
