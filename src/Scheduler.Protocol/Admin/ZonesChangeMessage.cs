namespace Scheduler.Protocol.Admin;

/// <summary>Answer to <c>PUT /v1/admin/zones</c>.</summary>
/// <param name="Revision">The revision that holds the zones; the old one when nothing was different. It is the serial of every zone.</param>
/// <param name="Zones">Zones there are.</param>
/// <param name="Records">Records of all of them.</param>
/// <param name="Steered">Steered names of all of them.</param>
public sealed record ZonesChangeMessage(long Revision, int Zones, int Records, int Steered);
