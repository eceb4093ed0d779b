using Scheduler.Storage.Sql;

namespace Scheduler.Storage.Archives;

/// <summary>One line of an archive: exactly one member is there. The rows have the members of their tables, so times are microseconds since 1970.</summary>
internal sealed record ArchiveLine
{
    public ArchiveHeader? Header { get; init; }

    public ArchivedDocument? Document { get; init; }

    public ArchivedRevision? Revision { get; init; }

    public ArchivedNumber? Number { get; init; }

    public ApiKeyRow? Key { get; init; }

    public AuditRow? Audit { get; init; }

    public ArchivedMeterSlot? MeterSlot { get; init; }

    public ArchivedUsageHour? UsageHour { get; init; }

    public ArchivedSecret? Secret { get; init; }

    public ArchiveEnd? End { get; init; }
}
