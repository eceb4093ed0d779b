namespace Scheduler.Protocol.Admin;

/// <summary>A drain at the busiest moment until its end.</summary>
/// <param name="At">The moment.</param>
/// <param name="Feasible">True when what is left can carry the demand then.</param>
/// <param name="MaxUtilisation">The highest utilisation of a receiver then; absent without one.</param>
/// <param name="AtSite">Which receiver that is.</param>
/// <param name="MovedBps">What the plan would have at the target then, and must place elsewhere.</param>
/// <param name="DeltaCostPerH">What it adds to the bill of an hour then.</param>
/// <param name="DeltaRttMs">What it does to round-trip times then.</param>
/// <param name="Receivers">Who would carry more then, the greatest gain first.</param>
public sealed record DrainPeakMessage(
    DateTimeOffset At,
    bool Feasible,
    double? MaxUtilisation,
    string? AtSite,
    long MovedBps,
    double DeltaCostPerH,
    DrainRttMessage DeltaRttMs,
    IReadOnlyList<DrainReceiverMessage> Receivers);
