namespace Scheduler.Simulator.Scenarios;

/// <summary>Something that goes wrong at a moment.</summary>
/// <param name="Kind">What.</param>
/// <param name="AtS">When, s of virtual time; at least 0.</param>
/// <param name="ForS">For how long, s; null for ever. Without meaning for a reconnect storm.</param>
/// <param name="Target">
/// Id of the site, or number of the replica; null for the largest PoP (of an IDC loss: the IDC that feeds the most; of a partition: replica 1).
/// </param>
/// <param name="Factor">Surge: arrivals become so many times more. Capacity, lies and RTT: what they are multiplied by. Over 0.</param>
/// <param name="Share">Surge and storm: share of the cells, in (0, 1], drawn by the seed.</param>
public sealed record Fault(FaultKind Kind, double AtS, double? ForS = null, string? Target = null, double Factor = 1, double Share = 1);
