namespace Scheduler.Cli.Admin;

/// <summary>Another replica.</summary>
internal sealed record PeerRow(int? Replica, string? Name, string? Address, string? Zone, string? Version, string? State, double? HeardMs);
