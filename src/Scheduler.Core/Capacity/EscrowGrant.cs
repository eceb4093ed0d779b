namespace Scheduler.Core.Capacity;

/// <summary>
/// What a node leases to one replica by one report: the most that the replica's load may be, and for how long. Times run from the report's
/// measurement. Whoever hears a newer report forgets the older one's grant.
/// </summary>
/// <param name="LimitKbps">The most the replica's load may be until <paramref name="LimitMs"/>, kbit/s.</param>
/// <param name="LimitMs">How long the limit holds, ms; over 0.</param>
/// <param name="HeldKbps">The most it may be after that, kbit/s; at most <paramref name="LimitKbps"/>.</param>
/// <param name="HeldMs">When nothing more may be admitted, ms; at least <paramref name="LimitMs"/>.</param>
public readonly record struct EscrowGrant(long LimitKbps, int LimitMs, long HeldKbps, int HeldMs);
