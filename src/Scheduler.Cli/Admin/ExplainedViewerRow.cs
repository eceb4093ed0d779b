namespace Scheduler.Cli.Admin;

/// <summary>Where the viewer of an explanation is.</summary>
internal sealed record ExplainedViewerRow(string? Cell, string? Prefix, string? By, IReadOnlyList<string>? OverrideSites);
