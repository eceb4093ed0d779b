namespace Scheduler.State.Ports;

/// <summary>A record with its place in the log.</summary>
/// <param name="Number">Rises with the order of writing; never given again.</param>
/// <param name="Record">The record.</param>
public sealed record AuditEntry(long Number, AuditRecord Record);
