namespace Scheduler.Protocol.V1.Reports;

/// <summary>Why one report of a batch was not taken; a report with several faults has several.</summary>
/// <param name="Index">Position of the report in the batch, from 0.</param>
/// <param name="Field">Member at fault, by its path in the report; empty for the report as a whole.</param>
/// <param name="Reason">What is wrong, for people.</param>
public readonly record struct ReportRejection(int Index, string Field, string Reason);
