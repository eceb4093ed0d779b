namespace Scheduler.Client.Reports;

/// <summary>A report that was refused.</summary>
/// <param name="Index">Its place in the batch, from 0.</param>
/// <param name="Field">Field at fault.</param>
/// <param name="Reason">What is wrong with it.</param>
public sealed record ReportRejection(int Index, string? Field, string? Reason);
