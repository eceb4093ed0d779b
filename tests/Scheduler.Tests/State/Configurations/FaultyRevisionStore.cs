using System.Collections.Immutable;
using Scheduler.State.Ports;

namespace Scheduler.Tests.State.Configurations;

/// <summary>A store that can fail before a write, or lose its answer after it.</summary>
internal sealed class FaultyRevisionStore(IRevisionStore inner) : IRevisionStore
{
    public bool FailNextAppend { get; set; }

    public bool LoseNextAnswer { get; set; }

    /// <summary>True while nothing can be read.</summary>
    public bool IsAway { get; set; }

    /// <summary>How often whole documents were read.</summary>
    public int Reads { get; private set; }

    public async ValueTask<AppendResult> AppendAsync(RevisionDraft draft, long expectedNewest, CancellationToken cancellation)
    {
        if (FailNextAppend)
        {
            FailNextAppend = false;
            throw new IOException("The disk is full.");
        }

        AppendResult result = await inner.AppendAsync(draft, expectedNewest, cancellation);
        if (!LoseNextAnswer) return result;
        LoseNextAnswer = false;
        throw new IOException("The connection was cut.");
    }

    public ValueTask<long> ReadNewestNumberAsync(CancellationToken cancellation) =>
        IsAway ? throw new IOException("The connection was refused.") : inner.ReadNewestNumberAsync(cancellation);

    public ValueTask<StoredRevision?> ReadNewestAsync(CancellationToken cancellation)
    {
        Reads++;
        return inner.ReadNewestAsync(cancellation);
    }

    public ValueTask<StoredRevision?> ReadAsync(long number, CancellationToken cancellation) => inner.ReadAsync(number, cancellation);

    public ValueTask<Revision?> FindByRequestAsync(string requestKey, CancellationToken cancellation) => inner.FindByRequestAsync(requestKey, cancellation);

    public ValueTask<ImmutableArray<Revision>> ListAsync(RevisionQuery query, CancellationToken cancellation) => inner.ListAsync(query, cancellation);
}
