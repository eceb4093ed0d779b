namespace Scheduler.Core.Dispatch;

/// <summary>
/// The leases that one replica may still be using, whichever of the reports it heard. Only those count that no larger one outlasts, at most one for
/// each second.
/// </summary>
internal sealed class LeaseBook
{
    private const long StepMs = 1_000;

    private readonly List<(long Kbps, long UntilMs)> _leases = []; // ever longer, ever smaller

    /// <summary>Replica's load in the last report, kbit/s; 0 when it was not named.</summary>
    public long LoadKbps { get; set; }

    /// <summary>The limit that was offered last, kbit/s.</summary>
    public long LimitKbps { get; set; }

    /// <summary>The most that its load, on the node or on the way to it, can be now, kbit/s.</summary>
    public long OwedKbps { get; private set; }

    /// <summary>True when it has neither load nor lease.</summary>
    public bool IsEmpty => LoadKbps == 0 && _leases.Count == 0;

    /// <summary>Forgets what has run out, and sums up.</summary>
    public void Settle(long nowMs)
    {
        int over = 0;
        while (over < _leases.Count && _leases[over].UntilMs <= nowMs) over++;
        _leases.RemoveRange(0, over);
        OwedKbps = Math.Max(LoadKbps, _leases.Count > 0 ? _leases[0].Kbps : 0);
    }

    /// <summary>Adds a lease.</summary>
    /// <param name="kbps">The most the load may be, kbit/s.</param>
    /// <param name="untilMs">When nothing of it can be under way any more, ms; rounded up to a whole second.</param>
    public void Add(long kbps, long untilMs)
    {
        untilMs = (untilMs + StepMs - 1) / StepMs * StepMs;
        int at = _leases.Count;
        while (at > 0 && _leases[at - 1].UntilMs >= untilMs)
        {
            at--;
            if (_leases[at].Kbps >= kbps) return; // a larger one lasts as long
        }
        int last = at;
        while (last < _leases.Count && _leases[last].UntilMs == untilMs) last++;
        int first = at;
        while (first > 0 && _leases[first - 1].Kbps <= kbps) first--;
        _leases.RemoveRange(first, last - first);
        _leases.Insert(first, (kbps, untilMs));
    }
}
