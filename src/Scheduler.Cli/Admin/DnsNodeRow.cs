namespace Scheduler.Cli.Admin;

/// <summary>A node that a name stands for.</summary>
internal sealed record DnsNodeRow(int Rank, string? Node, string? Site, double ScoreMs, double RttMs);
