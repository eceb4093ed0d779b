namespace Scheduler.Protocol.Admin;

/// <summary>Where a stream comes in.</summary>
/// <param name="Node">Id of the node that a publisher sends it to.</param>
/// <param name="Idc">Id of its IDC.</param>
/// <param name="Bps">What arrives, bit/s.</param>
/// <param name="Since">Since when.</param>
public sealed record ArrivalMessage(string Node, string Idc, long Bps, DateTimeOffset Since);
