namespace Scheduler.Protocol.Peers;

/// <summary>What a publisher sends of one stream to a node.</summary>
/// <param name="Place">Place of the stream in the report's list, from 0.</param>
/// <param name="Kbps">What arrives, kbit/s; 0 when nothing does any more.</param>
/// <param name="SinceUnixMs">When its publisher connected, by the node's clock, Unix ms; null when the node did not say.</param>
public readonly record struct StreamArrival(byte Place, long Kbps, long? SinceUnixMs);
