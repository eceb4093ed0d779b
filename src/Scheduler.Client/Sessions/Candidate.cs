namespace Scheduler.Client.Sessions;

/// <summary>A node that is offered for a session.</summary>
/// <param name="Rank">1 for the best; the first one holds the slot.</param>
/// <param name="Node">Id of the node; what a failover names.</param>
/// <param name="Site">Id of its site.</param>
/// <param name="Idc">Id of the IDC that feeds it; null for an IDC's own node.</param>
/// <param name="Host">Name to connect to.</param>
/// <param name="Url">Where the stream plays from; null when the scheduler knows no URL for the protocol.</param>
/// <param name="Ticket">What the edge asks for; null on an answer that holds nothing.</param>
/// <param name="RttMs">Expected round trip, ms; null when not said.</param>
public sealed record Candidate(int Rank, string Node, string Site, string? Idc, string? Host, string? Url, string? Ticket, double? RttMs);
