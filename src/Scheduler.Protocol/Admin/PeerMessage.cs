namespace Scheduler.Protocol.Admin;

/// <summary>Another replica.</summary>
/// <param name="Replica">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Address">Where its peers reach it.</param>
/// <param name="Zone">Where it runs; empty when it was not told.</param>
/// <param name="Version">Version of its program.</param>
/// <param name="State"><c>live</c>, <c>silent</c>, <c>gone</c> or <c>left</c>.</param>
/// <param name="HeardMs">Time since it was last heard on the peer channel; null when it never was.</param>
public sealed record PeerMessage(int Replica, string Name, string Address, string Zone, string Version, string State, long? HeardMs);
