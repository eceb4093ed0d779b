namespace Scheduler.Cli.Admin;

/// <summary>What a drain would do: <c>POST /v1/admin/drains:preview</c>.</summary>
internal sealed record DrainPreviewRow(
    string? PreviewId,
    double? Nodes,
    IReadOnlyList<string>? Sites,
    bool? Feasible,
    IReadOnlyList<DrainRefusalRow>? Refusals,
    double? MaxUtilisation,
    string? AtSite,
    double? MovedBps,
    double? DeltaCostPerH,
    DrainRttRow? DeltaRttMs,
    IReadOnlyList<DrainReceiverRow>? Receivers,
    IReadOnlyList<string>? StrandedCells,
    DateTimeOffset? Until,
    DrainPeakRow? Peak,
    string? Forecast);
