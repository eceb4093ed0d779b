using Scheduler.State.Sites;

namespace Scheduler.State.Peers;

/// <summary>
/// Reports that wait for one peer: the newest of each node. While the peer is slow newer ones take the place of older ones, so it never waits for what is of no
/// use any more, and what waits is bounded by the fleet.
/// </summary>
public sealed class RelayOutbox
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, int> _placeOfNode = [];
    private List<ReportEnvelope> _waiting = [];
    private long _replaced;

    /// <summary>Reports that a newer one of the same node overtook while they waited.</summary>
    public long Replaced => Volatile.Read(ref _replaced);

    /// <summary>Adds reports, each in place of an older one of its node.</summary>
    /// <param name="applied">Reports that were their nodes' newest words, in order.</param>
    public void Add(ReadOnlySpan<ReportEnvelope> applied)
    {
        lock (_gate)
        {
            foreach (ref readonly ReportEnvelope envelope in applied)
            {
                if (_placeOfNode.TryAdd(envelope.Node.Node.Number, _waiting.Count))
                {
                    _waiting.Add(envelope);
                    continue;
                }
                _waiting[_placeOfNode[envelope.Node.Node.Number]] = envelope;
                _replaced++;
            }
        }
    }

    /// <summary>Takes all that waits.</summary>
    /// <param name="emptied">What an earlier call gave, no longer needed; it is filled next.</param>
    public List<ReportEnvelope> Take(List<ReportEnvelope> emptied)
    {
        emptied.Clear();
        lock (_gate)
        {
            List<ReportEnvelope> taken = _waiting;
            _waiting = emptied;
            _placeOfNode.Clear();
            return taken;
        }
    }
}
