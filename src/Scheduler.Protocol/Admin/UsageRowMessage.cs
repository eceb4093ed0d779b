namespace Scheduler.Protocol.Admin;

/// <summary>What was served, for a site, a region or a tenant.</summary>
/// <param name="Name">Its id; empty for calls of keys without a tenant, and <c>#</c> with its number for a site that is gone from the fleet.</param>
/// <param name="Bits">Bits carried.</param>
/// <param name="PeakBps">The greatest mean of five minutes, of a tenant of an hour; absent where nobody looked.</param>
/// <param name="P95Bps">The 95th percentile of these means; absent where nobody looked.</param>
/// <param name="CommitBps">Bandwidth that is paid for anyway; absent for tenants.</param>
/// <param name="Cost">What it cost, in units of the tariffs.</param>
/// <param name="Sessions">Sessions opened.</param>
/// <param name="RttMs">Mean round-trip time expected of them; absent without any.</param>
/// <param name="Refusals">Sessions that could not be placed, at the site that is the best for the viewer.</param>
public sealed record UsageRowMessage(
    string Name, double Bits, double? PeakBps, double? P95Bps, double? CommitBps, double Cost, long Sessions, double? RttMs, long Refusals);
