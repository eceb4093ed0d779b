namespace Scheduler.State.Planning;

/// <summary>A link that could not carry what is pulled from a drained IDC now.</summary>
/// <param name="Site">Index of the site that pulls.</param>
/// <param name="Idc">Index of the IDC at the other end of the widest of its links that are left; null when none is.</param>
/// <param name="ShortKbps">What would find no room, kbit/s; over 0.</param>
public readonly record struct LinkShortage(int Site, int? Idc, long ShortKbps);
