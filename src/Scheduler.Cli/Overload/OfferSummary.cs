namespace Scheduler.Cli.Overload;

/// <summary>What an offer gave.</summary>
/// <param name="Rate">Sessions wanted a second.</param>
/// <param name="Connections">Kept-alive connections.</param>
/// <param name="DurationS">Time that was counted, s.</param>
/// <param name="OfferedPerS">Viewers that were due, a second; under the rate when the generator itself could not follow.</param>
/// <param name="AcceptedPerS">Sessions that were opened, a second: the goodput.</param>
/// <param name="RefusedPerS">Answers 503 and 429, a second.</param>
/// <param name="GaveUpPerS">Viewers that found no free connection in time, a second.</param>
/// <param name="FailedPerS">Other answers and lost connections, a second.</param>
/// <param name="AcceptedP50Ms">Median time from due to opened, ms; null when none was.</param>
/// <param name="AcceptedP99Ms">Its 99th percentile, ms.</param>
/// <param name="AcceptedMaxMs">Its maximum, ms.</param>
/// <param name="RefusedP50Ms">Median time from due to refused, ms; null when none was.</param>
internal sealed record OfferSummary(
    int Rate, int Connections, double DurationS, double OfferedPerS, double AcceptedPerS, double RefusedPerS, double GaveUpPerS, double FailedPerS,
    double? AcceptedP50Ms, double? AcceptedP99Ms, double? AcceptedMaxMs, double? RefusedP50Ms);
