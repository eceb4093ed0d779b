namespace Scheduler.Cli.Admin;

/// <summary>A guard's no.</summary>
internal sealed record DrainRefusalRow(string? Guard, string? Detail);
