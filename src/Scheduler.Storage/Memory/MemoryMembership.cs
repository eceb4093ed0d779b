using System.Collections.Immutable;
using Scheduler.State.Ports;

namespace Scheduler.Storage.Memory;

/// <summary>Who the replicas of one process are.</summary>
/// <param name="time">The store's clock.</param>
/// <param name="changes">Is told who joins and leaves.</param>
public sealed class MemoryMembership(TimeProvider time, MemoryChangeFeed changes) : IMembership
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<byte, Row> _rows = [];

    private readonly record struct Row(long Start, MemberDraft Draft, long HeardAt, bool HasLeft);

    /// <inheritdoc/>
    public ValueTask<Member?> JoinAsync(MemberDraft draft, CancellationToken cancellation)
    {
        Member joined;
        lock (_lock)
        {
            if (NumberFor(draft.Name) is not { } number) return new((Member?)null);
            // Starts are counted by number, over all names that had it: whatever an earlier holder still writes has a lower one.
            long start = _rows.TryGetValue(number, out Row before) ? before.Start + 1 : 1;
            _rows[number] = new Row(start, draft, time.GetTimestamp(), HasLeft: false);
            joined = new Member(number, start, draft, TimeSpan.Zero, HasLeft: false);
        }
        changes.Tell(StoreChange.Members);
        return new(joined);
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<Member>> BeatAsync(byte number, long start, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (!_rows.TryGetValue(number, out Row own) || own.Start != start) return new([]);
            if (!own.HasLeft) _rows[number] = own with { HeardAt = time.GetTimestamp() };
            return new([.. _rows
                .Select(row => new Member(row.Key, row.Value.Start, row.Value.Draft, time.GetElapsedTime(row.Value.HeardAt), row.Value.HasLeft))
                .Where(member => member.SilentFor < IMembership.Rest)]);
        }
    }

    /// <inheritdoc/>
    public ValueTask LeaveAsync(byte number, long start, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (!_rows.TryGetValue(number, out Row own) || own.Start != start) return default;
            _rows[number] = own with { HasLeft = true };
        }
        changes.Tell(StoreChange.Members);
        return default;
    }

    /// <summary>The number that the name has, else one that nobody ever had, else the one that has rested longest; null when none has rested enough.</summary>
    private byte? NumberFor(string name)
    {
        foreach ((byte number, Row row) in _rows)
            if (row.Draft.Name == name) return number;
        for (int number = 1; number <= byte.MaxValue; number++)
            if (!_rows.ContainsKey((byte)number)) return (byte)number;
        (byte oldest, Row held) = _rows.MinBy(row => row.Value.HeardAt);
        return time.GetElapsedTime(held.HeardAt) >= IMembership.Rest ? oldest : null;
    }
}
