namespace Scheduler.Cli.Load;

/// <summary>What one of several schedulers gave. Add members freely; never rename one.</summary>
/// <param name="Url">Its address.</param>
/// <param name="Answers">Answers, whatever they said.</param>
/// <param name="Unavailable">Those that said 503.</param>
/// <param name="Unanswered">Requests that got no answer: it was down, or its connection broke.</param>
internal sealed record LoadTargetSummary(string Url, long Answers, long Unavailable, long Unanswered);
