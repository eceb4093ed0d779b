namespace Scheduler.State.Usage;

/// <summary>What was served, for one name.</summary>
/// <param name="Name">Id of the site, the region or the tenant; empty for calls of keys without a tenant.</param>
/// <param name="Bits">Bits carried. Of sites and regions by their load; of tenants by the weight of their sessions and the time they beat.</param>
/// <param name="PeakBps">The greatest mean of five minutes, bit/s; of a tenant of an hour; null where nobody looked.</param>
/// <param name="P95Bps">The 95th percentile of these means, as carriers bill it, bit/s; null where nobody looked.</param>
/// <param name="CommitBps">Bandwidth that is paid for anyway, bit/s; null for tenants.</param>
/// <param name="Cost">What it cost, in units of the tariffs (Europe = 1 a Mbit/s and month); of a tenant its part of each site's by bits.</param>
/// <param name="Sessions">Sessions opened.</param>
/// <param name="RttMs">Mean round-trip time expected of them, ms; null without any.</param>
/// <param name="Refusals">Sessions that could not be placed, at the site nearest to the viewer.</param>
public sealed record UsageRow(
    string Name, double Bits, double? PeakBps, double? P95Bps, double? CommitBps, double Cost, long Sessions, double? RttMs, long Refusals);
