namespace Scheduler.Core.Drains;

/// <summary>
/// What one site may still be given by migration: never more than its room up to <see cref="ReceiverBounds.MostUtilisation"/>, and of that at the pace of
/// <see cref="MigrationPacer"/>. Written by the control tick, taken from by request threads.
/// </summary>
public struct ReceiverAllowance
{
    private long _room;
    private Allowance _kbps;
    private Allowance _sessions;
    private Allowance _pulls;

    /// <summary>True while a session could be given, whatever it weighs; false when enough have been for now.</summary>
    public readonly bool HasAny => Volatile.Read(in _room) > 0 && _kbps.HasAny && _sessions.HasAny;

    /// <summary>True when there is room for a session, whatever the pace.</summary>
    /// <param name="kbps">Its weight, kbit/s.</param>
    public readonly bool HasRoom(long kbps) => Volatile.Read(in _room) >= kbps;

    /// <summary>Looks at the site anew.</summary>
    /// <param name="capacityKbps">What it can carry now.</param>
    /// <param name="loadKbps">What it carries now.</param>
    /// <param name="mostUtilisation"><see cref="ReceiverBounds.MostUtilisation"/>.</param>
    /// <param name="share">The part of it that is this replica's, in (0, 1].</param>
    /// <param name="ms">Time since the last look, ms.</param>
    public void Refill(long capacityKbps, long loadKbps, double mostUtilisation, double share, long ms)
    {
        long room = (long)(share * MigrationPacer.RoomKbps(capacityKbps, loadKbps, mostUtilisation));
        Volatile.Write(ref _room, room);
        _kbps.Refill(MigrationPacer.ReceiverPace(room), ms);
        _sessions.Refill(share * MigrationPacer.SessionsPerS, ms);
        _pulls.Refill(share * MigrationPacer.PullsPerS, ms);
    }

    /// <summary>Takes what one session needs.</summary>
    /// <param name="kbps">Its weight, kbit/s.</param>
    /// <param name="pulls">True when the site would have to begin to pull the stream.</param>
    /// <param name="full">True when there is no room, whatever the pace.</param>
    /// <returns>False when it has to wait; nothing is taken then.</returns>
    public bool TryTake(long kbps, bool pulls, out bool full)
    {
        full = !TryTakeRoom(kbps);
        if (full) return false;
        if (_kbps.TryTake(kbps))
        {
            if (_sessions.TryTake(1))
            {
                if (!pulls || _pulls.TryTake(1)) return true;
                _sessions.GiveBack(1);
            }
            _kbps.GiveBack(kbps);
        }
        Interlocked.Add(ref _room, kbps);
        return false;
    }

    private bool TryTakeRoom(long kbps)
    {
        long before = Volatile.Read(ref _room);
        while (before >= kbps)
        {
            long seen = Interlocked.CompareExchange(ref _room, before - kbps, before);
            if (seen == before) return true;
            before = seen;
        }
        return false;
    }
}
