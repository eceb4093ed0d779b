namespace Scheduler.Core.Geo;

/// <summary>An operator's word on a block of addresses. Where blocks lie inside each other, the longest prefix holds.</summary>
/// <param name="Prefix">The block.</param>
/// <param name="Target">Where it is sent.</param>
public sealed record PrefixOverride(IpPrefix Prefix, OverrideTarget Target);
