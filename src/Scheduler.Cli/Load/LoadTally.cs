using System.Text;

namespace Scheduler.Cli.Load;

/// <summary>What has happened so far. One writer.</summary>
internal sealed class LoadTally
{
    private readonly NameTable _decisionNames = new(32);
    private readonly long[] _decisions = new long[32];
    private readonly long[] _statuses = new long[600];
    private readonly long[] _operations = new long[4];

    /// <summary>Time from sending a request to having its answer, microseconds.</summary>
    public LatencyHistogram Latency { get; } = new();

    /// <summary>As <see cref="Latency"/>, since the last sample.</summary>
    public LatencyHistogram RecentLatency { get; } = new();

    /// <summary>
    /// Time from a request being due to its being sent, microseconds. When it grows, this machine or the scheduler cannot keep up, and
    /// latency alone would hide it.
    /// </summary>
    public LatencyHistogram Lag { get; } = new();

    /// <summary>As <see cref="Lag"/>, since the last sample.</summary>
    public LatencyHistogram RecentLag { get; } = new();

    /// <summary>Moves that beats were answered with.</summary>
    public long Moves { get; set; }

    /// <summary>Failovers that succeeded.</summary>
    public long Failovers { get; set; }

    /// <summary>Sessions that the scheduler no longer knew, and that were opened again.</summary>
    public long Reopened { get; set; }

    /// <summary>Connections that broke under a request.</summary>
    public long Broken { get; set; }

    /// <summary>Requests sent again because the server had closed the connection before: many mean that it keeps none alive.</summary>
    public long Resent { get; set; }

    /// <summary>Requests sent on to another scheduler because the one asked broke off or said 503.</summary>
    public long Retries { get; set; }

    /// <summary>Those of them that the other one did not serve either.</summary>
    public long FailedAfterRetry { get; set; }

    /// <summary>Viewers that play now.</summary>
    public int Playing { get; set; }

    /// <summary>Answers that said 2xx and could not be understood.</summary>
    public long Unreadable { get; set; }

    /// <summary>The first refusal, as it came; null when there was none.</summary>
    public string? FirstRefusal { get; private set; }

    /// <summary>Answers so far.</summary>
    public long Answers { get; private set; }

    /// <summary>Counts an answer.</summary>
    /// <param name="operation">What was asked.</param>
    /// <param name="status">HTTP status.</param>
    /// <param name="body">Its body.</param>
    /// <param name="latencyUs">How long it took, microseconds; null when it shall not count: a farewell of everybody at once says nothing of the play.</param>
    public void Answered(LoadOperation operation, int status, ReadOnlySpan<byte> body, long? latencyUs)
    {
        Answers++;
        _operations[(int)operation]++;
        _statuses[status]++;
        if (latencyUs is { } us)
        {
            Latency.Record(us);
            RecentLatency.Record(us);
        }
        if (status >= 400) FirstRefusal ??= $"{operation}: {status} {Encoding.UTF8.GetString(body[..Math.Min(body.Length, 400)])}";
    }

    /// <summary>Counts how late a request was sent.</summary>
    public void Sent(long lagUs)
    {
        Lag.Record(lagUs);
        RecentLag.Record(lagUs);
    }

    /// <summary>Counts a decision.</summary>
    public void Decided(ReadOnlySpan<byte> decision)
    {
        if (_decisionNames.TryNumber(decision.IsEmpty ? "unnamed"u8 : decision, out int number)) _decisions[number]++;
    }

    /// <summary>Answers to one kind of call.</summary>
    public long Of(LoadOperation operation) => _operations[(int)operation];

    /// <summary>Answers by HTTP status, those that occurred.</summary>
    public KeyValuePair<string, long>[] ByStatus()
    {
        var list = new List<KeyValuePair<string, long>>();
        for (int s = 0; s < _statuses.Length; s++)
            if (_statuses[s] > 0) list.Add(new(s.ToString(System.Globalization.CultureInfo.InvariantCulture), _statuses[s]));
        return [.. list];
    }

    /// <summary>Openings by decision.</summary>
    public KeyValuePair<string, long>[] ByDecision()
    {
        var list = new KeyValuePair<string, long>[_decisionNames.Count];
        for (int d = 0; d < list.Length; d++) list[d] = new(_decisionNames[d], _decisions[d]);
        return list;
    }
}
