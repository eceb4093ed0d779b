namespace Scheduler.Protocol.Admin;

/// <summary>What an operator set for a node.</summary>
/// <param name="Node">Id of the node.</param>
/// <param name="InService">False when it is out of service.</param>
/// <param name="Weight">Share of its free capacity that may be handed out, in (0, 1].</param>
/// <param name="Revision">The revision that holds it; absent inside a revision.</param>
public sealed record NodeStateMessage(string Node, bool InService, double Weight, long? Revision = null);
