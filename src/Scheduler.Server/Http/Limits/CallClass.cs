namespace Scheduler.Server.Http.Limits;

/// <summary>What is refused first when the process is overloaded. Calls of no class, admin, health and metrics, are never refused for it.</summary>
internal enum CallClass
{
    /// <summary>A new session, or the question where one would go: refused first, since the viewer can ask another replica or ask again.</summary>
    Session = 0,

    /// <summary>A beat, a failover, a farewell: who plays goes on playing, and what he frees is free for others.</summary>
    Beat = 1,

    /// <summary>A report: refused last, since every decision rests on it.</summary>
    Report = 2,
}
