namespace Scheduler.Server.OperatorConsole.Access;

/// <summary>
/// Sessions that were signed out of before their time, by this replica; the oldest are forgotten beyond a bound. The browser has forgotten its cookie as well: this is for
/// copies of it. What other replicas still take until it expires ends everywhere when its key is revoked.
/// </summary>
internal sealed class EndedSessions
{
    /// <summary>Sessions that are remembered.</summary>
    public const int Most = 4_096;

    private readonly Lock _gate = new();
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>Remembers one.</summary>
    /// <param name="nonce">Of the session.</param>
    public void Add(string nonce)
    {
        lock (_gate)
        {
            if (!_known.Add(nonce)) return;
            _order.Enqueue(nonce);
            if (_order.Count > Most) _known.Remove(_order.Dequeue());
        }
    }

    /// <summary>True for one that was ended.</summary>
    /// <param name="nonce">Of the session.</param>
    public bool Contains(string nonce)
    {
        lock (_gate) return _known.Contains(nonce);
    }
}
