namespace Scheduler.Cli.Admin;

/// <summary>What DNS would answer.</summary>
internal sealed record DnsQueryRow(string? Name, string? Type, string? Rcode, string? Zone, IReadOnlyList<DnsRecordRow>? Records, DnsSteeredRow? Steered);
