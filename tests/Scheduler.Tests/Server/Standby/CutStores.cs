using System.Collections.Immutable;
using Scheduler.State.Ports;
using Scheduler.State.Usage;

namespace Scheduler.Tests.Server.Standby;

/// <summary>Stores behind a line that a test can cut: every call fails then, as it does when a database server is gone.</summary>
internal sealed class CutStores(Stores inner) : IRevisionStore, IKeyStore, INumberStore, ISecretStore, IAuditLog, IMeterStore, IUsageStore, IMembership, ILeadership, IPlanLog, IChangeFeed
{
    private volatile bool _isCut;

    /// <summary>True while nothing gets through.</summary>
    public bool IsCut
    {
        get => _isCut;
        set => _isCut = value;
    }

    /// <summary>The stores as a replica sees them.</summary>
    public Stores Stores => new(this, this, this, this, this, this, this, Place: null) { Cluster = new ClusterStore(this, this, this, this) };

    private Stores Line => _isCut ? throw new IOException("The line is cut.") : inner;

    private ClusterStore Shared => Line.Cluster!;

    public ValueTask<AppendResult> AppendAsync(RevisionDraft draft, long expectedNewest, CancellationToken cancellation) => Line.Revisions.AppendAsync(draft, expectedNewest, cancellation);

    public ValueTask<long> ReadNewestNumberAsync(CancellationToken cancellation) => Line.Revisions.ReadNewestNumberAsync(cancellation);

    public ValueTask<StoredRevision?> ReadNewestAsync(CancellationToken cancellation) => Line.Revisions.ReadNewestAsync(cancellation);

    public ValueTask<StoredRevision?> ReadAsync(long number, CancellationToken cancellation) => Line.Revisions.ReadAsync(number, cancellation);

    public ValueTask<Revision?> FindByRequestAsync(string requestKey, CancellationToken cancellation) => Line.Revisions.FindByRequestAsync(requestKey, cancellation);

    public ValueTask<ImmutableArray<Revision>> ListAsync(RevisionQuery query, CancellationToken cancellation) => Line.Revisions.ListAsync(query, cancellation);

    public ValueTask<ImmutableArray<ApiKey>> ListAsync(CancellationToken cancellation) => Line.Keys.ListAsync(cancellation);

    public ValueTask<bool> AddAsync(ApiKey key, CancellationToken cancellation) => Line.Keys.AddAsync(key, cancellation);

    public ValueTask<bool> RevokeAsync(string id, DateTimeOffset at, string by, CancellationToken cancellation) => Line.Keys.RevokeAsync(id, at, by, cancellation);

    public ValueTask<int[]> NumberAsync(NumberKind kind, IReadOnlyList<string> names, CancellationToken cancellation) => Line.Numbers.NumberAsync(kind, names, cancellation);

    public ValueTask<ImmutableArray<MasterSecret>> ReadOrCreateAsync(ReadOnlyMemory<byte> candidate, DateTimeOffset now, CancellationToken cancellation) =>
        Line.Secrets.ReadOrCreateAsync(candidate, now, cancellation);

    public ValueTask<MasterSecret?> AddAsync(ReadOnlyMemory<byte> secret, DateTimeOffset now, CancellationToken cancellation) => Line.Secrets.AddAsync(secret, now, cancellation);

    public ValueTask<bool> RetireAsync(byte id, CancellationToken cancellation) => Line.Secrets.RetireAsync(id, cancellation);

    public ValueTask AppendAsync(IReadOnlyCollection<AuditRecord> records, CancellationToken cancellation) => Line.Audit.AppendAsync(records, cancellation);

    public ValueTask<ImmutableArray<AuditEntry>> ListAsync(AuditQuery query, CancellationToken cancellation) => Line.Audit.ListAsync(query, cancellation);

    public ValueTask<int> PruneAsync(DateTimeOffset before, int most, CancellationToken cancellation) => Line.Audit.PruneAsync(before, most, cancellation);

    public ValueTask AppendAsync(IReadOnlyCollection<MeterSlot> slots, CancellationToken cancellation) => Line.Meters.AppendAsync(slots, cancellation);

    public ValueTask<ImmutableArray<MeterSlot>> ReadAsync(DateTimeOffset since, DateTimeOffset until, CancellationToken cancellation) => Line.Meters.ReadAsync(since, until, cancellation);

    public ValueTask<int> PruneAsync(DateTimeOffset before, CancellationToken cancellation) => Line.Meters.PruneAsync(before, cancellation);

    public ValueTask KeepAsync(IReadOnlyCollection<UsageHour> hours, CancellationToken cancellation) => Line.Usage.KeepAsync(hours, cancellation);

    ValueTask<ImmutableArray<UsageHour>> IUsageStore.ReadAsync(DateTimeOffset since, DateTimeOffset until, CancellationToken cancellation) => Line.Usage.ReadAsync(since, until, cancellation);

    ValueTask<int> IUsageStore.PruneAsync(DateTimeOffset before, CancellationToken cancellation) => Line.Usage.PruneAsync(before, cancellation);

    public ValueTask<Member?> JoinAsync(MemberDraft draft, CancellationToken cancellation) => Shared.Members.JoinAsync(draft, cancellation);

    public ValueTask<ImmutableArray<Member>> BeatAsync(byte number, long start, CancellationToken cancellation) => Shared.Members.BeatAsync(number, start, cancellation);

    public ValueTask LeaveAsync(byte number, long start, CancellationToken cancellation) => Shared.Members.LeaveAsync(number, start, cancellation);

    public ValueTask<Leadership> HoldAsync(byte number, long start, TimeSpan term, CancellationToken cancellation) => Shared.Leadership.HoldAsync(number, start, term, cancellation);

    public ValueTask ResignAsync(long fence, CancellationToken cancellation) => Shared.Leadership.ResignAsync(fence, cancellation);

    public ValueTask<bool> WriteAsync(StoredPlan plan, CancellationToken cancellation) => Shared.Plans.WriteAsync(plan, cancellation);

    public ValueTask<StoredPlan?> ReadAsync(CancellationToken cancellation) => Shared.Plans.ReadAsync(cancellation);

    public Task ListenAsync(Action<StoreChange> heard, CancellationToken cancellation) => Shared.Changes.ListenAsync(heard, cancellation);
}
