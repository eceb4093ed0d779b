namespace Scheduler.Cli.Admin;

/// <summary>A record in words.</summary>
internal sealed record DnsRecordRow(string? Name, string? Type, int TtlS, string? Data);
