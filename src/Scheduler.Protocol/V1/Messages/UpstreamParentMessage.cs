namespace Scheduler.Protocol.V1.Messages;

/// <summary>A node to pull a stream from.</summary>
/// <param name="Node">Its id.</param>
/// <param name="Idc">Id of its IDC.</param>
/// <param name="Host">Name or address to connect to.</param>
/// <param name="Relay">True when it pulls the stream from the home itself.</param>
/// <param name="RttMs">Round-trip times of the hops, added up, ms.</param>
/// <param name="CostMs">What the way costs, ms-equivalents.</param>
public sealed record UpstreamParentMessage(string Node, string Idc, string Host, bool Relay, double RttMs, double CostMs);
