namespace Scheduler.Protocol.Peers;

/// <summary>A player's call on a session that lives elsewhere. On the wire: append, never renumber.</summary>
public enum SessionCall : byte
{
    /// <summary><c>POST /v1/sessions/heartbeat</c>; the body is the player's.</summary>
    Heartbeat = 0,

    /// <summary><c>POST /v1/sessions/failover</c>; the body is the player's.</summary>
    Failover = 1,

    /// <summary><c>DELETE /v1/sessions</c>; the body is the token.</summary>
    Close = 2,

    /// <summary><c>GET /v1/steering/…</c> with a token; the body is the whole address.</summary>
    Steer = 3,
}
