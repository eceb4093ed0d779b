namespace Scheduler.State;

/// <summary>One field that is at fault.</summary>
/// <param name="Field">Its name in the request, such as <c>target</c>.</param>
/// <param name="Reason">What is wrong and what would be right, one sentence without a full stop.</param>
public sealed record ConfigurationProblem(string Field, string Reason);
