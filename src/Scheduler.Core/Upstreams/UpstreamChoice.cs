namespace Scheduler.Core.Upstreams;

/// <summary>An answer: how it came about, and how many parents were written.</summary>
/// <param name="Outcome">How it was answered.</param>
/// <param name="Count">Parents named, best first; over 0 exactly for <see cref="UpstreamOutcome.Named"/> and <see cref="UpstreamOutcome.LastResort"/>.</param>
public readonly record struct UpstreamChoice(UpstreamOutcome Outcome, int Count);
