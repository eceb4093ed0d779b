using Scheduler.State.Ports;

namespace Scheduler.State.Drains;

/// <summary>
/// The local drains of a replica: written down first, then obeyed. Peers are told of all that is here, and what a peer told is written down and obeyed alike, so that a drain
/// outlives the replica that took it.
/// </summary>
/// <param name="journal">The replica's disk.</param>
/// <param name="obeyed">Called with every new state, one call at a time, before the call that made it returns.</param>
/// <param name="clock">Tells when a drain is over.</param>
public sealed class LocalDrainBook(ILocalDrainJournal journal, Action<LocalDrainSet> obeyed, TimeProvider clock)
{
    private readonly Lock _gate = new();

    /// <summary>By id, when each drain that was settled would have expired: a peer that lags behind may tell of it once more.</summary>
    private readonly Dictionary<string, DateTimeOffset> _settled = new(StringComparer.Ordinal);
    private volatile LocalDrainSet _drains = LocalDrainSet.Empty;

    /// <summary>Those that no revision is known to hold.</summary>
    public LocalDrainSet Drains => _drains;

    /// <summary>Reads what an earlier process wrote down; called once, before anything else.</summary>
    /// <exception cref="IOException">The journal cannot be read.</exception>
    /// <exception cref="InvalidDataException">It was changed or damaged.</exception>
    public void Recover()
    {
        lock (_gate)
        {
            LocalDrainSet drains = LocalDrainSet.Empty;
            foreach (LocalDrain drain in journal.Read()) drains = drains.With(drain);
            if (!drains.IsEmpty) Become(drains);
        }
    }

    /// <summary>Takes a drain, or cancels one: when this returns it is on the disk and every new decision obeys it.</summary>
    /// <param name="drain">What is new.</param>
    /// <exception cref="IOException">It could not be written down; nothing was changed.</exception>
    public void Take(LocalDrain drain)
    {
        lock (_gate) Learn(drain);
    }

    /// <summary>Takes in what a peer told.</summary>
    /// <param name="drains">All that the peer knows.</param>
    /// <exception cref="IOException">It could not be written down; what was is obeyed.</exception>
    public void Hear(IEnumerable<LocalDrain> drains)
    {
        ArgumentNullException.ThrowIfNull(drains);
        DateTimeOffset now = clock.GetUtcNow();
        lock (_gate)
        {
            foreach (LocalDrain drain in drains)
            {
                if (drain.Drain.HoldsAt(now) && !_settled.ContainsKey(drain.Drain.Id)) Learn(drain);
            }
        }
    }

    /// <summary>Forgets a drain that revisions tell all about by now.</summary>
    /// <param name="drain">The drain.</param>
    /// <exception cref="IOException">The journal could not be written; the drain is not forgotten.</exception>
    public void Settle(LocalDrain drain)
    {
        ArgumentNullException.ThrowIfNull(drain);
        lock (_gate)
        {
            // What was heard of it meanwhile is not settled yet.
            if (_drains.Find(drain.Drain.Id) != drain) return;
            _settled[drain.Drain.Id] = drain.Drain.ExpiresAt;
            Shorten(_drains.Without(drain.Drain.Id));
        }
    }

    /// <summary>Forgets the drains that are over by the calendar; costs nothing while there is none.</summary>
    /// <exception cref="IOException">The journal could not be written.</exception>
    public void Expire()
    {
        if (_drains.IsEmpty && _settled.Count == 0) return;
        DateTimeOffset now = clock.GetUtcNow();
        lock (_gate)
        {
            foreach ((string id, DateTimeOffset until) in _settled)
            {
                if (now >= until) _settled.Remove(id);
            }

            LocalDrainSet left = _drains;
            foreach (LocalDrain drain in _drains.All)
            {
                if (!drain.Drain.HoldsAt(now)) left = left.Without(drain.Drain.Id);
            }

            if (!ReferenceEquals(left, _drains)) Shorten(left);
        }
    }

    private void Learn(LocalDrain drain)
    {
        LocalDrainSet drains = _drains.With(drain);
        if (ReferenceEquals(drains, _drains)) return;
        journal.Append(drains.Find(drain.Drain.Id)!);
        Become(drains);
    }

    private void Shorten(LocalDrainSet drains)
    {
        journal.Replace(drains);
        Become(drains);
    }

    private void Become(LocalDrainSet drains)
    {
        _drains = drains;
        obeyed(drains);
    }
}
