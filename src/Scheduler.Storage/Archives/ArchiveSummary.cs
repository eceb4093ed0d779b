namespace Scheduler.Storage.Archives;

/// <summary>What an archive holds.</summary>
/// <param name="Revisions">Revisions of the configuration, with the drains in them.</param>
/// <param name="Keys">Keys, as hashes.</param>
/// <param name="AuditRecords">Records of the audit log.</param>
/// <param name="Numbers">Permanent numbers.</param>
/// <param name="MeterSlots">Samples of bandwidth, five minutes each.</param>
/// <param name="UsageHours">Hours of usage, of each writer.</param>
/// <param name="Secrets">Master secrets; 0 in an archive without them.</param>
public sealed record ArchiveSummary(long Revisions, long Keys, long AuditRecords, long Numbers, long MeterSlots, long UsageHours, long Secrets);
