namespace Scheduler.State.Peers;

/// <summary>
/// Who leads, as far as this replica knows. Fences decide: they rise with every change of the lease, so the highest that was heard of, from the store or from a
/// peer, is the latest.
/// </summary>
/// <param name="self">This replica's number.</param>
public sealed class LeaderSeat(byte self)
{
    private volatile Seat _seat = new(null, 0);
    private long _refused;
    private long _taken;

    private sealed record Seat(byte? Leader, long Fence);

    /// <summary>The seat of a replica that is alone: it always leads.</summary>
    public static LeaderSeat OfOne(byte self)
    {
        var seat = new LeaderSeat(self);
        seat._seat = new Seat(self, 0);
        return seat;
    }

    /// <summary>
    /// True while this replica leads. One that cannot reach the store leads on: nobody else can take the lease there, or whoever does has a higher fence, by which
    /// peers and the store refuse what this one still says.
    /// </summary>
    public bool Leads => _seat.Leader == self;

    /// <summary>The leader's number; null while none is known.</summary>
    public byte? Leader => _seat.Leader;

    /// <summary>The highest fence that was heard of; 0 before any, and for a replica that is alone.</summary>
    public long Fence => _seat.Fence;

    /// <summary>Words of leaders that were none any more, refused.</summary>
    public long Refused => Volatile.Read(ref _refused);

    /// <summary>How often this replica became the leader.</summary>
    public long Taken => Volatile.Read(ref _taken);

    /// <summary>Takes in who leads, by a fence.</summary>
    /// <param name="leader">Number of the replica that holds it.</param>
    /// <param name="fence">The fence.</param>
    /// <returns>False, counted and without effect, when a later leader is known.</returns>
    public bool Learn(byte leader, long fence)
    {
        while (true)
        {
            Seat before = _seat;
            if (fence < before.Fence)
            {
                Interlocked.Increment(ref _refused);
                return false;
            }
            if (before.Leader == leader && before.Fence == fence) return true;
            if (Interlocked.CompareExchange(ref _seat, new Seat(leader, fence), before) != before) continue;
            if (leader == self && before.Leader != self) Interlocked.Increment(ref _taken);
            return true;
        }
    }

    /// <summary>Nobody is known to lead any more: the lease was given up, or nobody has been heard of for its whole term.</summary>
    /// <param name="fence">The fence that ended; a later one stays.</param>
    public void Vacate(long fence)
    {
        Seat before = _seat;
        if (before.Fence == fence) Interlocked.CompareExchange(ref _seat, new Seat(null, fence), before);
    }
}
