namespace Scheduler.State.Usage;

/// <summary>What a replica did for a tenant at a site in an hour.</summary>
/// <param name="Site">Permanent number of the site: that of the session; for a refusal the one nearest to the viewer.</param>
/// <param name="Tenant">Tenant of the key that calls came with; null for none.</param>
/// <param name="Sessions">Sessions opened.</param>
/// <param name="Refusals">Sessions that could not be placed.</param>
/// <param name="Kilobits">What sessions carried, by their weight and the time from beat to beat; what comes after the last beat is not in it.</param>
/// <param name="RttMs">Round-trip times that were expected of the sessions opened, all together, ms: learnt where players measure.</param>
public sealed record TenantUsage(int Site, string? Tenant, long Sessions, long Refusals, long Kilobits, double RttMs);
