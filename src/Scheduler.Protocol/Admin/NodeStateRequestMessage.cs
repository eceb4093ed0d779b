namespace Scheduler.Protocol.Admin;

/// <summary>Body of <c>PUT /v1/admin/nodes/{id}/state</c>.</summary>
/// <param name="InService">False takes the node out of service.</param>
/// <param name="Reason">Why; 1 to 500 characters.</param>
/// <param name="Weight">Share of the node's free capacity that may be handed out, in (0, 1]; absent for 1.</param>
/// <param name="Force">True takes the node out even when no node would be left to serve viewers; absent for false.</param>
public sealed record NodeStateRequestMessage(bool InService, string Reason, double? Weight = null, bool? Force = null);
