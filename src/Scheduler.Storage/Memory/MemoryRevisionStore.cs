using System.Collections.Immutable;
using Scheduler.State.Ports;

namespace Scheduler.Storage.Memory;

/// <summary>Revisions in memory.</summary>
/// <param name="leadership">Judges fences; null where nobody leads, and every fence is refused.</param>
/// <param name="changes">Is told of every revision; null where nobody listens.</param>
public sealed class MemoryRevisionStore(MemoryLeadership? leadership = null, MemoryChangeFeed? changes = null) : IRevisionStore
{
    private readonly Lock _lock = new();
    private readonly List<StoredRevision> _revisions = [];

    /// <inheritdoc/>
    public ValueTask<AppendResult> AppendAsync(RevisionDraft draft, long expectedNewest, CancellationToken cancellation)
    {
        AppendResult result = default;
        if (draft.Fence is not { } fence) result = Append(draft, expectedNewest);
        else if (leadership?.TryUnder(fence, () => result = Append(draft, expectedNewest)) != true) result = Fenced();
        if (result.Appended) changes?.Tell(StoreChange.Revisions);
        return new(result);
    }

    /// <inheritdoc/>
    public ValueTask<long> ReadNewestNumberAsync(CancellationToken cancellation)
    {
        lock (_lock) return new(_revisions.Count);
    }

    /// <inheritdoc/>
    public ValueTask<StoredRevision?> ReadNewestAsync(CancellationToken cancellation)
    {
        lock (_lock) return new(_revisions.Count == 0 ? null : _revisions[^1]);
    }

    /// <inheritdoc/>
    public ValueTask<StoredRevision?> ReadAsync(long number, CancellationToken cancellation)
    {
        lock (_lock) return new(number >= 1 && number <= _revisions.Count ? _revisions[(int)number - 1] : null);
    }

    /// <inheritdoc/>
    public ValueTask<Revision?> FindByRequestAsync(string requestKey, CancellationToken cancellation)
    {
        lock (_lock) return new(Find(requestKey));
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<Revision>> ListAsync(RevisionQuery query, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        lock (_lock)
        {
            return new([.. _revisions.Select(stored => stored.Revision).Reverse().Where(revision => Matches(revision, query)).Take(query.Limit)]);
        }
    }

    private AppendResult Fenced()
    {
        lock (_lock) return new AppendResult(false, _revisions.Count) { IsFenced = true };
    }

    private AppendResult Append(RevisionDraft draft, long expectedNewest)
    {
        lock (_lock)
        {
            if (expectedNewest != _revisions.Count) return new AppendResult(false, _revisions.Count);
            if (draft.Request is { } request && Find(request.Key) is not null) throw new InvalidOperationException("The request made a revision before.");

            long number = _revisions.Count + 1;
            ImmutableSortedDictionary<string, string> hashes =
                draft.Documents.ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value.Hash, StringComparer.Ordinal);
            var revision = new Revision(number, Timestamps.Rounded(draft.At), draft.Author, draft.Reason, draft.Kind, draft.Request, hashes);
            _revisions.Add(new StoredRevision(revision, draft.Documents));
            return new AppendResult(true, number);
        }
    }

    private static bool Matches(Revision revision, RevisionQuery query) =>
        !(revision.Number >= query.Before)
        && (query.Kind is null || revision.Kind == query.Kind)
        && (query.Author is null || revision.Author == query.Author)
        && !(revision.At < query.Since)
        && !(revision.At >= query.Until)
        && (query.Text is null || revision.Reason.Contains(query.Text, StringComparison.OrdinalIgnoreCase));

    private Revision? Find(string requestKey) => _revisions.Find(stored => stored.Revision.Request?.Key == requestKey)?.Revision;
}
