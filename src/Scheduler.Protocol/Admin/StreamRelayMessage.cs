namespace Scheduler.Protocol.Admin;

/// <summary>An IDC that relays a stream.</summary>
/// <param name="Idc">Its id.</param>
/// <param name="Sites">Sites that pull the stream from there.</param>
public sealed record StreamRelayMessage(string Idc, int Sites);
