using System.Collections.Immutable;
using Scheduler.State.Ports;

namespace Scheduler.Tests.State.Auditing;

/// <summary>A log that can fail.</summary>
internal sealed class FaultyAuditLog(IAuditLog inner) : IAuditLog
{
    public bool Fails { get; set; }

    public ValueTask AppendAsync(IReadOnlyCollection<AuditRecord> records, CancellationToken cancellation) =>
        Fails ? throw new IOException("The disk is full.") : inner.AppendAsync(records, cancellation);

    public ValueTask<ImmutableArray<AuditEntry>> ListAsync(AuditQuery query, CancellationToken cancellation) => inner.ListAsync(query, cancellation);

    public ValueTask<int> PruneAsync(DateTimeOffset before, int most, CancellationToken cancellation) => inner.PruneAsync(before, most, cancellation);
}
