namespace Scheduler.Cli.Admin;

/// <summary>Why an operator does something; kept with the revision.</summary>
internal sealed record ReasonBody(string? Reason);
