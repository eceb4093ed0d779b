using Scheduler.Core.Geo;

namespace Scheduler.Protocol.Dns;

/// <summary>Who asks.</summary>
/// <param name="Address">Where the question came from.</param>
/// <param name="IsStream">True over TCP: the address is the asker's own, and any length arrives.</param>
public readonly record struct DnsAsker(IpKey Address, bool IsStream);
