namespace Scheduler.Cli.Load;

/// <summary>The calls that simulated viewers make.</summary>
internal enum LoadOperation
{
    /// <summary><c>POST /v1/sessions</c>.</summary>
    Open,

    /// <summary><c>POST /v1/sessions/heartbeat</c>.</summary>
    Beat,

    /// <summary><c>POST /v1/sessions/failover</c>.</summary>
    Failover,

    /// <summary><c>DELETE /v1/sessions</c>.</summary>
    Close,
}
