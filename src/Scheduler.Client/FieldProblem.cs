namespace Scheduler.Client;

/// <summary>One field at fault.</summary>
/// <param name="Field">Its path in the document that was sent, such as <c>exclude[3]</c>.</param>
/// <param name="Reason">What is wrong with it.</param>
public sealed record FieldProblem(string Field, string Reason);
