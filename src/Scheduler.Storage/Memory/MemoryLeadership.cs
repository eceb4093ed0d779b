using Scheduler.State.Ports;

namespace Scheduler.Storage.Memory;

/// <summary>The lease of the one replica of a process that plans.</summary>
/// <param name="time">The store's clock.</param>
/// <param name="changes">Is told when the lease changes hands.</param>
public sealed class MemoryLeadership(TimeProvider time, MemoryChangeFeed changes) : ILeadership
{
    private readonly Lock _lock = new();
    private Lease? _lease;
    private long _fence;

    private sealed record Lease(byte Number, long Start, long TakenAt, TimeSpan Term);

    /// <inheritdoc/>
    public ValueTask<Leadership> HoldAsync(byte number, long start, TimeSpan term, CancellationToken cancellation)
    {
        bool handed = false;
        Leadership now;
        lock (_lock)
        {
            bool own = _lease is { } held && held.Number == number && held.Start == start;
            if (own || Left() <= TimeSpan.Zero)
            {
                handed = !own;
                if (handed) _fence++;
                _lease = new Lease(number, start, time.GetTimestamp(), term);
            }
            now = new Leadership(_lease!.Number, _fence, Left());
        }
        if (handed) changes.Tell(StoreChange.Members);
        return new(now);
    }

    /// <inheritdoc/>
    public ValueTask ResignAsync(long fence, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_lease is null || _fence != fence) return default;
            _lease = null;
        }
        changes.Tell(StoreChange.Members);
        return default;
    }

    /// <summary>Does something if a fence is that of the lease, whether or not the lease has run out: nobody has led since.</summary>
    /// <returns>False when somebody else leads by now; nothing was done then.</returns>
    internal bool TryUnder(long fence, Action write)
    {
        lock (_lock)
        {
            if (fence != _fence) return false;
            write();
            return true;
        }
    }

    private TimeSpan Left() => _lease is { } held ? held.Term - time.GetElapsedTime(held.TakenAt) : TimeSpan.Zero;
}
