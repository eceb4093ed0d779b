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
    string? Forecast)
{
    /// <summary>Streams that publishers send there.</summary>
    public double? Publishers { get; init; }

    /// <summary>Streams that others pull from there.</summary>
    public double? Pulls { get; init; }

    /// <summary>What these weigh.</summary>
    public double? BackhaulBps { get; init; }
}
