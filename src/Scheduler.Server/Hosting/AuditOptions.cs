using System.ComponentModel.DataAnnotations;

namespace Scheduler.Server.Hosting;

/// <summary>Section <c>Scheduler:Audit</c>.</summary>
public sealed class AuditOptions
{
    /// <summary>Days that calls of the admin API stay on record.</summary>
    /// <value>1 to 3,650; default 400: a year, and time to look back at it.</value>
    [Range(1, 3_650)]
    public int RetentionDays { get; set; } = 400;
}
