namespace Scheduler.Simulator.Scenarios;

/// <summary>Something that goes wrong at a moment, or that an operator does.</summary>
/// <param name="Kind">What.</param>
/// <param name="AtS">When, s of virtual time; at least 0.</param>
/// <param name="ForS">For how long, s; null for ever. Without meaning for a reconnect storm.</param>
/// <param name="Target">
/// Id of the site, or number of the replica; null for the largest PoP (of an IDC: the one that feeds the most; of a partition: replica 1).
/// </param>
/// <param name="Factor">Surge: arrivals become so many times more. Capacity, lies and RTT: what they are multiplied by. Over 0.</param>
/// <param name="Share">Surge and storm: share of the cells, in (0, 1], drawn by the seed.</param>
public sealed record Fault(FaultKind Kind, double AtS, double? ForS = null, string? Target = null, double Factor = 1, double Share = 1)
{
    /// <summary>Drains: time over which the target is closed to new sessions, s; 0 for at once.</summary>
    public double RampS { get; init; }

    /// <summary>Drains: time after the beginning by which the target is to be empty, s; null when there is no hurry.</summary>
    public double? DeadlineS { get; init; }
}
