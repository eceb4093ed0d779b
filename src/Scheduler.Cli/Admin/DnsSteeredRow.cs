namespace Scheduler.Cli.Admin;

/// <summary>Why a steered name stands for what it stands for.</summary>
internal sealed record DnsSteeredRow(string? Class, int TtlS, string? Decision, IReadOnlyList<DnsNodeRow>? Nodes, ExplanationRow? Explanation);
