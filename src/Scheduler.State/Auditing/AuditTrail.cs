using Scheduler.State.Ports;

namespace Scheduler.State.Auditing;

/// <summary>
/// Takes records from requests without making any wait, and writes them in order. What changed something is written with the next step; reads and refusals that
/// repeat are one record a minute with a count. Bounded: what finds no place is dropped and counted.
/// </summary>
/// <param name="log">Where records are kept.</param>
/// <param name="clock">Tells which records have waited long enough.</param>
public sealed class AuditTrail(IAuditLog log, TimeProvider clock)
{
    /// <summary>How long calls of one kind are counted into one record.</summary>
    public static readonly TimeSpan FoldFor = TimeSpan.FromMinutes(1);

    /// <summary>Most kinds of reads and refusals that are counted at once.</summary>
    public const int MostFolded = 4_096;

    /// <summary>Most changes that wait to be written: far more than a store that takes changes leaves unwritten.</summary>
    public const int MostChanges = 16_384;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly Dictionary<AuditRecord, int> _folded = []; // calls, by their record without time and count
    private readonly Dictionary<AuditRecord, DateTimeOffset> _since = [];
    private List<AuditRecord> _changes = [];
    private List<AuditRecord> _unwritten = []; // taken out to be written; touched by whoever holds the semaphore
    private long _dropped;
    private long _written;

    /// <summary>Records that found no place, since the start.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Records written since the start.</summary>
    public long Written => Volatile.Read(ref _written);

    /// <summary>Takes a call that changed something, or tried to in a way that must be told at once.</summary>
    /// <param name="record">The record.</param>
    public void Change(AuditRecord record)
    {
        lock (_gate)
        {
            if (_changes.Count < MostChanges) _changes.Add(record);
            else _dropped++;
        }
    }

    /// <summary>Takes a read or a refusal.</summary>
    /// <param name="record">The record.</param>
    public void Count(AuditRecord record)
    {
        AuditRecord kind = record with { At = default };
        lock (_gate)
        {
            if (_folded.TryGetValue(kind, out int calls))
            {
                _folded[kind] = calls + 1;
            }
            else if (_folded.Count < MostFolded)
            {
                _folded[kind] = 1;
                _since[kind] = record.At;
            }
            else
            {
                _dropped++;
            }
        }
    }

    /// <summary>Writes the changes, and what has been counted for long enough.</summary>
    /// <param name="all">True to write all that there is: at the end of the process.</param>
    /// <param name="cancellation">Ends the wait, before a write begins.</param>
    /// <exception cref="IOException">The store failed. Nothing is lost: the next step tries again.</exception>
    public async ValueTask WriteAsync(bool all, CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation);
        try
        {
            TakeOut(all);
            if (_unwritten.Count == 0) return;
            await log.AppendAsync(_unwritten, cancellation);
            Interlocked.Add(ref _written, _unwritten.Count);
            _unwritten = [];
        }
        finally
        {
            _writing.Release();
        }
    }

    private void TakeOut(bool all)
    {
        lock (_gate)
        {
            // After a failed write the next ones stay where they are bounded, until the store takes these.
            if (_unwritten.Count > 0) return;
            DateTimeOffset due = clock.GetUtcNow() - FoldFor;
            foreach ((AuditRecord kind, DateTimeOffset at) in _since.Where(entry => all || entry.Value <= due).ToArray())
            {
                _unwritten.Add(kind with { At = at, Calls = _folded[kind] });
                _folded.Remove(kind);
                _since.Remove(kind);
            }
            _unwritten.AddRange(_changes);
            _unwritten.Sort(static (left, right) => left.At.CompareTo(right.At));
            _changes = [];
        }
    }
}
