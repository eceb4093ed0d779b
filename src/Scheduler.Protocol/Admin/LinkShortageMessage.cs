namespace Scheduler.Protocol.Admin;

/// <summary>A link that could not carry what is pulled from a drained IDC now.</summary>
/// <param name="Site">Id of the site that pulls.</param>
/// <param name="Idc">Id of the IDC at the other end of the widest of its links that are left; absent when none is.</param>
/// <param name="ShortBps">What would find no room, bit/s.</param>
public sealed record LinkShortageMessage(string Site, string? Idc, long ShortBps);
