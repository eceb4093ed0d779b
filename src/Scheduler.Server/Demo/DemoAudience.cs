using System.Collections.Concurrent;
using Scheduler.Core.Sessions;
using Scheduler.State;

namespace Scheduler.Server.Demo;

/// <summary>Who plays or publishes which stream where, in demo mode: real nodes see that by themselves, and the sessions' table keeps no streams.</summary>
internal sealed class DemoAudience(SchedulerClock clock)
{
    private readonly ConcurrentDictionary<ulong, DemoSeat> _seats = new();

    /// <summary>The sessions now.</summary>
    public ICollection<DemoSeat> Seats => _seats.Values;

    /// <summary>A session was opened, has beaten or has moved.</summary>
    public void Saw(in SessionClaims claims)
    {
        long since = _seats.TryGetValue(claims.Session, out DemoSeat before) && before.Node == claims.Node ? before.SinceUnixMs : clock.UnixMs;
        _seats[claims.Session] = new DemoSeat(claims.Stream, claims.Node, claims.BitRateKbps, claims.Kind, claims.ExpiresAtUnixS, since);
    }

    /// <summary>A session has ended.</summary>
    public void Left(in SessionClaims claims) => _seats.TryRemove(claims.Session, out _);

    /// <summary>Forgets sessions whose beats have stopped.</summary>
    public void Sweep()
    {
        foreach ((ulong session, DemoSeat seat) in _seats)
            if (seat.ExpiresAtUnixS <= clock.UnixS) _seats.TryRemove(session, out _);
    }
}
