namespace Scheduler.Core.Dispatch;

/// <summary>What one report grants one replica. Unit: kbit/s.</summary>
/// <param name="OwnKbps">u_r: load of ours that the report shows.</param>
/// <param name="LimitKbps">l_r: the most our load may be, as far as this report goes; at least <paramref name="OwnKbps"/>.</param>
public readonly record struct EscrowShare(long OwnKbps, long LimitKbps);
