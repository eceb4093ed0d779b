namespace Scheduler.Protocol.Admin;

/// <summary>A node that a name stands for.</summary>
/// <param name="Rank">Its place, from 1.</param>
/// <param name="Node">Its id.</param>
/// <param name="Site">Id of its site.</param>
/// <param name="ScoreMs">Score of the site, ms-equivalents.</param>
/// <param name="RttMs">Round-trip time from the client's cell, ms.</param>
public sealed record DnsNodeMessage(int Rank, string Node, string Site, double ScoreMs, double RttMs);
