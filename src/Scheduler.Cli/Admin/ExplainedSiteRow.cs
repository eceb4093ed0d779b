namespace Scheduler.Cli.Admin;

/// <summary>One site of an explanation.</summary>
internal sealed record ExplainedSiteRow(
    string? Site, int? Rank, string? Verdict, string? Why, double? ScoreMs, ExplainedTermsRow? Terms, double? RoomBps, double? Utilisation, string? State,
    string? Freshness);
