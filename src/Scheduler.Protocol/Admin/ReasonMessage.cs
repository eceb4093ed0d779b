namespace Scheduler.Protocol.Admin;

/// <summary>Why something is done; for the log.</summary>
/// <param name="Reason">1 to 500 characters.</param>
public sealed record ReasonMessage(string Reason);
