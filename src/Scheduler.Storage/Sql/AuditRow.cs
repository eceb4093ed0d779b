using Scheduler.State.Ports;

namespace Scheduler.Storage.Sql;

/// <summary>A row of <c>audit</c>; types and order as the driver gives them.</summary>
internal sealed record AuditRow(
    long Number, long AtUs, string KeyId, string Caller, string? Role, string Operation, string? Target, long Status, long? Revision, string? Reason, long Calls)
{
    /// <summary>The columns, in the order of the constructor.</summary>
    public const string Columns =
        """
        number AS Number, at_us AS AtUs, key_id AS KeyId, caller AS Caller, role AS Role, operation AS Operation, target AS Target, status AS Status,
        revision AS Revision, audit.reason AS Reason, calls AS Calls
        """;

    /// <summary>The entry of the row.</summary>
    public AuditEntry ToEntry() => new(
        Number,
        new AuditRecord(Timestamps.FromMicroseconds(AtUs), KeyId, Caller, Role, Operation, Target, (int)Status, Revision, Reason, (int)Calls));
}
