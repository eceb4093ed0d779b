using Scheduler.Core.Capacity;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Drains;

namespace Scheduler.State.Drains;

/// <summary>
/// Where a session on a drained node asks whether it may move now. Request threads ask without a lock; the control tick lets the allowances flow in.
/// </summary>
public sealed class MigrationGate
{
    private readonly ReceiverWatch _watch;
    private readonly long[] _verdicts = new long[Enum.GetValues<MigrationVerdict>().Length];
    private volatile DrainCourse?[] _courseOfNode = [];
    private volatile ReceiverAllowance[] _receivers = [];
    private volatile Allowance[] _givers = [];
    private volatile bool[] _braked = [];
    private volatile bool[] _waiting = []; // both written in place by the control tick: each word stands for itself
    private long _moved;
    private long _relocated;

    internal MigrationGate(ReceiverWatch watch) => _watch = watch;

    /// <summary>By site index: true for a site that gets nothing by migration at this moment: its brake holds, or enough have come for now.</summary>
    public ReadOnlySpan<bool> Waiting => _waiting;

    /// <summary>Sessions that have gone where they were asked to, since the start.</summary>
    public long Moved => Volatile.Read(ref _moved);

    /// <summary>Sessions that were asked to leave a site that serves for a better one, since the start.</summary>
    public long Relocated => Volatile.Read(ref _relocated);

    /// <summary>What sessions on drained nodes were told, since the start.</summary>
    public long Count(MigrationVerdict verdict) => Volatile.Read(ref _verdicts[(int)verdict]);

    /// <summary>Whether anybody may leave a node now; asked before a place is looked for.</summary>
    /// <param name="node">Index of the drained node.</param>
    /// <param name="movedAtS">When the session last moved, s; null when it has not.</param>
    /// <param name="nowS">Now, s, by the same clock.</param>
    public bool IsOpen(int node, long? movedAtS, long nowS)
    {
        if (CourseOf(node) is not { } course) return false; // the drain has just ended, and the snapshot of the request does not know yet
        if (nowS - movedAtS < MigrationPacer.RestS) return Told(MigrationVerdict.Rest);
        if (course.IsHeld) return Told(MigrationVerdict.Paused);
        return course.MayLeave || Told(MigrationVerdict.Pace);
    }

    /// <summary>Takes what a session needs to leave a node for the first candidate that bears it and is not too much dearer than the best site there is.</summary>
    /// <param name="node">Index of the node that it is to leave.</param>
    /// <param name="wished">Where it would go if all bore it; at least one candidate.</param>
    /// <param name="open">Where it could go: the same without <see cref="Waiting"/>; perhaps nowhere.</param>
    /// <param name="kbps">Its weight, kbit/s.</param>
    /// <param name="stream">Where its stream is warm.</param>
    /// <param name="nowMs">Monotonic ms.</param>
    /// <param name="chosen">Rank of the candidate in <paramref name="open"/>.</param>
    /// <returns>False when it has to wait; nothing is taken then.</returns>
    public bool TryPass(int node, in Decision wished, in Decision open, long kbps, StreamEntry stream, long nowMs, out int chosen)
    {
        chosen = 0;
        ReceiverAllowance[] receivers = _receivers;
        if (CourseOf(node) is not { } course) return false;
        if (!course.TryLeave(kbps)) return Told(MigrationVerdict.Pace);
        float most = wished[0].Score + course.DetourMs(nowMs);
        for (; chosen < open.Count; chosen++)
        {
            Choice candidate = open[chosen];
            if (candidate.Site >= receivers.Length || candidate.Score > most || (chosen > 0 && candidate.Site == open[chosen - 1].Site)) continue;
            if (!receivers[candidate.Site].TryTake(kbps, pulls: !stream.IsWarmAt(candidate.Site), out _)) continue;
            course.Sent(candidate.Site, nowMs);
            Count(ref _verdicts[(int)MigrationVerdict.Offered]);
            return true;
        }
        course.Stayed(kbps);
        for (int i = 0; i < wished.Count; i++)
        {
            int site = wished[i].Site;
            if (site < receivers.Length && receivers[site].HasRoom(kbps) && !_braked[site]) return Told(MigrationVerdict.Receiver);
        }
        course.FoundNoRoom(nowMs);
        return Told(MigrationVerdict.NoRoom);
    }

    /// <summary>Whether anybody may leave a site that serves now; asked before a place is looked for.</summary>
    /// <param name="site">Index of the site.</param>
    /// <param name="movedAtS">When the session last moved, s; null when it has not.</param>
    /// <param name="nowS">Now, s, by the same clock.</param>
    public bool MayRelocate(int site, long? movedAtS, long nowS) =>
        !(nowS - movedAtS < MigrationPacer.RestS) && _givers is { } givers && site < givers.Length && givers[site].HasAny;

    /// <summary>Takes what a session needs to go from a site that serves to a better one: at the pace at which a drained site would be left, and within what the receiver takes from drains.</summary>
    /// <param name="from">Index of the site that serves it.</param>
    /// <param name="to">Index of the receiver.</param>
    /// <param name="kbps">Its weight, kbit/s.</param>
    /// <param name="pulls">True when the receiver would have to begin to pull the stream.</param>
    /// <returns>False when it has to wait; nothing is taken then.</returns>
    public bool TryRelocate(int from, int to, long kbps, bool pulls)
    {
        (Allowance[] givers, ReceiverAllowance[] receivers) = (_givers, _receivers);
        if (Math.Max(from, to) >= Math.Min(givers.Length, receivers.Length) || !givers[from].TryTake(kbps)) return false;
        if (!receivers[to].TryTake(kbps, pulls, out _))
        {
            givers[from].GiveBack(kbps);
            return false;
        }
        Count(ref _relocated);
        return true;
    }

    /// <summary>A session on a drained node has nowhere to go.</summary>
    /// <param name="node">Index of the node.</param>
    /// <param name="nowMs">Monotonic ms.</param>
    public void FoundNoRoom(int node, long nowMs)
    {
        CourseOf(node)?.FoundNoRoom(nowMs);
        Told(MigrationVerdict.NoRoom);
    }

    /// <summary>A session has gone where it was asked to.</summary>
    /// <param name="from">Index of the node that it left.</param>
    public void CountMoved(int from)
    {
        Count(ref _moved);
        CourseOf(from)?.CountMoved();
    }

    /// <summary>Takes new courses into force.</summary>
    internal void Become(DrainCourse?[] courseOfNode, int sites)
    {
        if (_receivers.Length < sites)
        {
            (_braked, _waiting) = (new bool[sites], new bool[sites]); // before the receivers, whose length is what others go by
            (_givers, _receivers) = (new Allowance[sites], new ReceiverAllowance[sites]);
        }
        _courseOfNode = courseOfNode;
    }

    /// <summary>Lets allowances flow in.</summary>
    internal void Refill(LiveLoad load, double mostUtilisation, long ms)
    {
        (Allowance[] givers, ReceiverAllowance[] receivers, bool[] braked, bool[] waiting) = (_givers, _receivers, _braked, _waiting);
        double share = 1.0 / load.Replicas;
        for (int site = 0; site < receivers.Length; site++)
        {
            long capacity = load.SiteCapacityKbps(site);
            receivers[site].Refill(capacity, load.SiteLoadKbps(site), mostUtilisation, share, ms);
            braked[site] = _watch.CauseOf(site) is not null;
            waiting[site] = braked[site] || !receivers[site].HasAny;
            givers[site].Refill(share * MigrationPacer.SourcePerS * capacity, ms);
        }
    }

    private DrainCourse? CourseOf(int node)
    {
        DrainCourse?[] courses = _courseOfNode;
        return node < courses.Length ? courses[node] : null;
    }

    private bool Told(MigrationVerdict verdict)
    {
        Count(ref _verdicts[(int)verdict]);
        return false;
    }

    private static void Count(ref long counter) => Interlocked.Increment(ref counter);
}
