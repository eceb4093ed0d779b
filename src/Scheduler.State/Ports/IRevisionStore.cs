using System.Collections.Immutable;

namespace Scheduler.State.Ports;

/// <summary>
/// The history of the configuration: revisions are appended, never changed, never deleted. A lost race is a value; an exception means that the
/// store could not be reached or that its answer was lost, and then it is open whether the append happened.
/// </summary>
public interface IRevisionStore
{
    /// <summary>Appends a revision if the newest one is still the one that the caller built upon, and its fence, where it has one, that of the lease.</summary>
    /// <param name="draft">The new revision with the complete state.</param>
    /// <param name="expectedNewest">Number of the revision that the draft builds upon; 0 for an empty store.</param>
    /// <param name="cancellation">Ends the wait, before the write begins.</param>
    ValueTask<AppendResult> AppendAsync(RevisionDraft draft, long expectedNewest, CancellationToken cancellation);

    /// <summary>Number of the newest revision; 0 for an empty store. Cheap: asked every second where several replicas share the store.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    ValueTask<long> ReadNewestNumberAsync(CancellationToken cancellation);

    /// <summary>The newest revision; null for an empty store.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    ValueTask<StoredRevision?> ReadNewestAsync(CancellationToken cancellation);

    /// <summary>One revision; null when there is none of that number.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="cancellation">Ends the wait.</param>
    ValueTask<StoredRevision?> ReadAsync(long number, CancellationToken cancellation);

    /// <summary>The revision that a repeatable request made; null when it made none.</summary>
    /// <param name="requestKey"><see cref="RequestMark.Key"/> of the request.</param>
    /// <param name="cancellation">Ends the wait.</param>
    ValueTask<Revision?> FindByRequestAsync(string requestKey, CancellationToken cancellation);

    /// <summary>Revisions, the newest first, without their documents.</summary>
    /// <param name="query">Which ones.</param>
    /// <param name="cancellation">Ends the wait.</param>
    ValueTask<ImmutableArray<Revision>> ListAsync(RevisionQuery query, CancellationToken cancellation);
}
