namespace Scheduler.Core.Geo;

/// <summary>Something wrong in a text file.</summary>
/// <param name="Line">Line, from 1.</param>
/// <param name="Reason">What is wrong, one sentence without a full stop.</param>
public sealed record LineProblem(int Line, string Reason);
