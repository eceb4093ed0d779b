namespace Scheduler.Protocol.Peers;

/// <summary>An amount of something that has a permanent number.</summary>
/// <param name="Number">Permanent number of a node, site or cell; at least 0.</param>
/// <param name="Kbps">The amount, kbit/s; at least 0.</param>
public readonly record struct NumberedAmount(int Number, long Kbps);
