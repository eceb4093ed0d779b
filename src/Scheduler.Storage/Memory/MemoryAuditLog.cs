using System.Collections.Immutable;
using Scheduler.State.Ports;

namespace Scheduler.Storage.Memory;

/// <summary>The audit log in memory.</summary>
public sealed class MemoryAuditLog : IAuditLog
{
    private readonly Lock _lock = new();
    private readonly List<AuditEntry> _entries = [];
    private long _last;

    /// <inheritdoc/>
    public ValueTask AppendAsync(IReadOnlyCollection<AuditRecord> records, CancellationToken cancellation)
    {
        lock (_lock)
        {
            foreach (AuditRecord record in records) _entries.Add(new AuditEntry(++_last, record with { At = Timestamps.Rounded(record.At) }));
            return default;
        }
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<AuditEntry>> ListAsync(AuditQuery query, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        lock (_lock) return new([.. Enumerable.Reverse(_entries).Where(entry => Matches(entry, query)).Take(query.Limit)]);
    }

    /// <inheritdoc/>
    public ValueTask<int> PruneAsync(DateTimeOffset before, int most, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        lock (_lock)
        {
            HashSet<long> old = [.. _entries.Where(entry => entry.Record.At < before).Take(most).Select(entry => entry.Number)];
            return new(_entries.RemoveAll(entry => old.Contains(entry.Number)));
        }
    }

    private static bool Matches(AuditEntry entry, AuditQuery query)
    {
        AuditRecord record = entry.Record;
        return !(entry.Number >= query.Before)
            && (query.Caller is null || record.Caller == query.Caller || record.KeyId == query.Caller)
            && (query.Operation is null || record.Operation.Contains(query.Operation, StringComparison.OrdinalIgnoreCase))
            && (query.Target is null || record.Target == query.Target)
            && !(record.Status < query.LeastStatus)
            && !(record.Status > query.MostStatus)
            && (query.Revision is null || record.Revision == query.Revision)
            && !(record.At < query.Since)
            && !(record.At >= query.Until)
            && (query.Text is null || record.Reason?.Contains(query.Text, StringComparison.OrdinalIgnoreCase) == true);
    }
}
