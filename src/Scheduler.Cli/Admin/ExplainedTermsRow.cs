namespace Scheduler.Cli.Admin;

/// <summary>The terms of a score.</summary>
internal sealed record ExplainedTermsRow(
    double? RttMs, string? RttSource, double? ComfortMs, double? TariffMs, double? OrderMs, double? PriceMs, double? ExtraMs, double? ColdMs);
