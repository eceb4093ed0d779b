namespace Scheduler.Core.Geo;

/// <summary>A block of addresses and its record. Networks under <c>::/96</c> of an IPv6 tree are IPv4 blocks.</summary>
/// <param name="Prefix">The block.</param>
/// <param name="RecordOffset">Where the record starts in the data section; equal offsets are equal records.</param>
public readonly record struct MmdbNetwork(IpPrefix Prefix, int RecordOffset);
