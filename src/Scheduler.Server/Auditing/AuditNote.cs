namespace Scheduler.Server.Auditing;

/// <summary>What a call of the admin API tells the audit log of itself, beside what the request and the answer show.</summary>
internal sealed class AuditNote
{
    /// <summary>Why, in the caller's words.</summary>
    public string? Reason { get; set; }

    /// <summary>What it is about, where neither an id in the route nor the place of what was made tells.</summary>
    public string? Target { get; set; }

    /// <summary>The revision that holds what was asked for.</summary>
    public long? Revision { get; set; }
}
