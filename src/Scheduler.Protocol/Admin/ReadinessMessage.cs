namespace Scheduler.Protocol.Admin;

/// <summary>Whether the scheduler may be sent players.</summary>
/// <param name="Status"><c>ready</c>, <c>ready (stale): </c> and why while the store is gone, <c>starting</c> or <c>leaving</c>.</param>
/// <param name="Waiting">What is still missing; empty when it is ready.</param>
public sealed record ReadinessMessage(string Status, IReadOnlyList<string> Waiting);
