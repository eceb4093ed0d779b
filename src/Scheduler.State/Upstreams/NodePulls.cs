namespace Scheduler.State.Upstreams;

/// <summary>The streams that one node pulls, as far as it asked where from. Its reports come one after the other, and questions beside them: a lock keeps them apart.</summary>
internal sealed class NodePulls
{
    /// <summary>Most streams that are followed for one node; the one that was not asked for the longest makes room.</summary>
    public const int Most = 1_024;

    private readonly Dictionary<ulong, FollowedPull> _pulls = [];
    private readonly Queue<ulong> _turns = new();

    /// <summary>What it pulls a stream from; null when that is not followed.</summary>
    public FollowedPull? Find(ulong stream)
    {
        lock (_pulls) return _pulls.TryGetValue(stream, out FollowedPull pull) ? pull : null;
    }

    /// <summary>Follows a stream.</summary>
    public void Put(ulong stream, FollowedPull pull)
    {
        lock (_pulls)
        {
            if (!_pulls.ContainsKey(stream)) _turns.Enqueue(stream);
            _pulls[stream] = pull;
            while (_pulls.Count > Most && _turns.TryDequeue(out ulong oldest)) _pulls.Remove(oldest);
        }
    }

    /// <summary>Gives the streams whose turn it is to be looked at again; those that were not asked for of late are forgotten.</summary>
    /// <param name="turn">Output.</param>
    /// <param name="askedSinceMs">Those that were not asked for since are forgotten, monotonic ms.</param>
    /// <returns>How many there are.</returns>
    public int Turn(Span<(ulong Stream, FollowedPull Pull)> turn, long askedSinceMs)
    {
        lock (_pulls)
        {
            int count = 0;
            for (int left = Math.Min(_turns.Count, turn.Length); left > 0; left--)
            {
                ulong stream = _turns.Dequeue();
                if (!_pulls.TryGetValue(stream, out FollowedPull pull)) continue;
                if (pull.AskedAtMs < askedSinceMs)
                {
                    _pulls.Remove(stream);
                    continue;
                }
                _turns.Enqueue(stream);
                turn[count++] = (stream, pull);
            }
            return count;
        }
    }

    /// <summary>Copies what it pulls.</summary>
    public (ulong Stream, FollowedPull Pull)[] All()
    {
        lock (_pulls) return [.. _pulls.Select(pull => (pull.Key, pull.Value))];
    }
}
