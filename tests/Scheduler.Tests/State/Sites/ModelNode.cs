namespace Scheduler.Tests.State.Sites;

/// <summary>
/// What truly happens at one node: a session draws from some time after its assignment until it ends, and the node reports what it draws.
/// Knows nothing of how the scheduler counts.
/// </summary>
internal sealed class ModelNode
{
    private readonly List<Session> _sessions = [];
    private long _incarnation = 1;
    private long _sequence;

    private sealed record Session(long Kbps, long BeginsMs, long EndsMs);

    /// <summary>What a report says and when it arrives.</summary>
    internal sealed record Letter(long Incarnation, long Sequence, long? AtUnixMs, long EgressKbps, long ArrivesMs);

    /// <summary>A session was assigned; it never begins when it ends before.</summary>
    public void Assign(long kbps, long beginsMs, long endsMs) => _sessions.Add(new Session(kbps, beginsMs, endsMs));

    /// <summary>What it draws now, kbit/s.</summary>
    public long DrawsKbps(long nowMs)
    {
        _sessions.RemoveAll(s => s.EndsMs <= nowMs);
        return _sessions.Where(s => s.BeginsMs <= nowMs).Sum(s => s.Kbps);
    }

    /// <summary>What it would draw if all that was assigned and has not ended began now, kbit/s.</summary>
    public long PromisedKbps(long nowMs) => _sessions.Where(s => s.EndsMs > nowMs).Sum(s => s.Kbps);

    /// <summary>The process dies and begins anew: who was connected is gone, who is on the way still comes.</summary>
    public void Restart(long nowMs)
    {
        _incarnation++;
        _sequence = 0;
        _sessions.RemoveAll(s => s.BeginsMs <= nowMs);
    }

    /// <summary>Measures and sends a report.</summary>
    public Letter Measure(long nowMs, long? atUnixMs, long arrivesMs) => new(_incarnation, ++_sequence, atUnixMs, DrawsKbps(nowMs), arrivesMs);
}
