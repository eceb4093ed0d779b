using System.Collections.Immutable;
using Scheduler.State.Sites;

namespace Scheduler.State.Peers;

/// <summary>
/// Tells peers the reports that this replica heard from nodes itself. Only what was applied is told, so a report that came twice goes once; and what a peer
/// told is never told on, so nothing goes in circles.
/// </summary>
public sealed class ReportRelay
{
    private ImmutableArray<RelayOutbox> _outboxes = [];
    private long _replacedBefore;

    /// <summary>Reports that newer ones overtook on their way, since the start.</summary>
    public long Replaced => Volatile.Read(ref _replacedBefore) + _outboxes.Sum(outbox => outbox.Replaced);

    /// <summary>Begins to tell a peer.</summary>
    public RelayOutbox Open()
    {
        var outbox = new RelayOutbox();
        ImmutableInterlocked.Update(ref _outboxes, static (all, added) => all.Add(added), outbox);
        return outbox;
    }

    /// <summary>Tells a peer no more, and forgets what waited for it.</summary>
    public void Close(RelayOutbox outbox)
    {
        ArgumentNullException.ThrowIfNull(outbox);
        if (ImmutableInterlocked.Update(ref _outboxes, static (all, removed) => all.Remove(removed), outbox)) Interlocked.Add(ref _replacedBefore, outbox.Replaced);
    }

    /// <summary>Takes what a writer has applied.</summary>
    /// <param name="applied">Reports from nodes, in order.</param>
    internal void Offer(ReadOnlySpan<ReportEnvelope> applied)
    {
        foreach (RelayOutbox outbox in _outboxes) outbox.Add(applied);
    }
}
