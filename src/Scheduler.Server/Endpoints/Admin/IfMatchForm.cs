namespace Scheduler.Server.Endpoints.Admin;

/// <summary>What an If-Match header asks for.</summary>
internal enum IfMatchForm
{
    /// <summary>There is no such header.</summary>
    Absent,

    /// <summary>The header cannot be read.</summary>
    Malformed,

    /// <summary>Any revision will do.</summary>
    Any,

    /// <summary>One of the given revisions must be the newest.</summary>
    Revisions,
}
