using Scheduler.Core.Zones;

namespace Scheduler.Protocol.Dns;

/// <summary>What became of a question, for counting and for limits.</summary>
/// <param name="Apex">The zone that was asked; null when it was none of ours.</param>
/// <param name="Rcode">How it was answered.</param>
/// <param name="Node">The name that answered, the nearest above it for one that there is not; null without a zone.</param>
/// <param name="IsTruncated">True when the asker was sent to TCP.</param>
/// <param name="HasValidCookie">True when the asker showed a cookie that was made for it.</param>
/// <param name="Cell">Cell of the client for whom nodes were named; null when none were.</param>
/// <param name="Site">Site of the first node that was named; null when none was.</param>
public readonly record struct DnsOutcome(ZoneApex? Apex, DnsRcode Rcode, ZoneNode? Node, bool IsTruncated, bool HasValidCookie, int? Cell, int? Site);
