namespace Scheduler.Protocol.Admin;

/// <summary>Answer to <c>PUT /v1/admin/fleet</c>.</summary>
/// <param name="Revision">The revision that holds the fleet; the old one when nothing was different.</param>
/// <param name="Sites">Sites of the fleet.</param>
/// <param name="Nodes">Nodes of the fleet.</param>
public sealed record FleetChangeMessage(long Revision, int Sites, int Nodes);
