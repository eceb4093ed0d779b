namespace Scheduler.Protocol.Admin;

/// <summary>What a drain would do, by the plan: numbers of its start, and of the busiest moment until its end where that is busier.</summary>
/// <param name="PreviewId">Names it in a request to drain, at this replica, for an hour; absent within a refusal.</param>
/// <param name="Target">What would be drained.</param>
/// <param name="Nodes">How many nodes that is.</param>
/// <param name="Sites">Sites that it takes whole: PoPs included that nothing else feeds.</param>
/// <param name="Feasible">True when what is left can carry the demand at every moment, each site up to 95 % of its capacity.</param>
/// <param name="Refusals">The guards that would refuse it; empty when it would be taken.</param>
/// <param name="MaxUtilisation">The highest utilisation of a receiver at any moment; absent when nobody would receive anything.</param>
/// <param name="AtSite">Which receiver that is.</param>
/// <param name="Bottleneck">Where demand would be short, in words; absent when it is feasible.</param>
/// <param name="MovedBps">What the target carries now: all of it goes elsewhere.</param>
/// <param name="DeltaCostPerH">What it adds to the bill of an hour at the start, in units of the tariffs; below 0 where it saves.</param>
/// <param name="DeltaRttMs">What it does to round-trip times at the start.</param>
/// <param name="Receivers">Who would carry more at the start, the greatest gain first.</param>
/// <param name="StrandedCells">Cells that would lose their only candidate.</param>
/// <param name="At">The start.</param>
/// <param name="Until">Until when it was judged.</param>
/// <param name="Peak">The busiest moment of those whom the target serves; absent when the start is.</param>
/// <param name="Forecast">What a later moment is forecast by: <c>shape</c> (how demand goes through a day elsewhere, by local hour) or <c>measured</c> (the last day here).</param>
/// <param name="Revision">The configuration that it was judged by.</param>
public sealed record DrainPreviewMessage(
    string? PreviewId,
    DrainTargetMessage Target,
    int Nodes,
    IReadOnlyList<string> Sites,
    bool Feasible,
    IReadOnlyList<DrainRefusalMessage> Refusals,
    double? MaxUtilisation,
    string? AtSite,
    string? Bottleneck,
    long MovedBps,
    double DeltaCostPerH,
    DrainRttMessage DeltaRttMs,
    IReadOnlyList<DrainReceiverMessage> Receivers,
    IReadOnlyList<string> StrandedCells,
    DateTimeOffset At,
    DateTimeOffset Until,
    DrainPeakMessage? Peak,
    string Forecast,
    long Revision)
{
    /// <summary>Streams that publishers send to the target now.</summary>
    public int Publishers { get; init; }

    /// <summary>Streams that other sites pull from it now, each counted once for each node that pulls it.</summary>
    public int Pulls { get; init; }

    /// <summary>What these pulls weigh, bit/s.</summary>
    public long BackhaulBps { get; init; }

    /// <summary>The link that is shortest of room for them; absent when all fit.</summary>
    public LinkShortageMessage? BottleneckLink { get; init; }
}
