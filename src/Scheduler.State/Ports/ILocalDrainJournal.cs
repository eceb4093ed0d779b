using System.Collections.Immutable;
using Scheduler.State.Drains;

namespace Scheduler.State.Ports;

/// <summary>Where a replica writes down its local drains before it obeys them: on its own disk, as the store may be gone. Used by one thread at a time.</summary>
public interface ILocalDrainJournal
{
    /// <summary>What was written down, the oldest first; the same drain may be there more than once, as it came to be known.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="InvalidDataException">It was changed or damaged before its last line.</exception>
    ImmutableArray<LocalDrain> Read();

    /// <summary>Writes down what is known of a drain; it is on the disk when this returns.</summary>
    /// <param name="drain">The drain.</param>
    /// <exception cref="IOException">It could not be written.</exception>
    void Append(LocalDrain drain);

    /// <summary>Writes the whole journal anew, so that what was settled is in it no more.</summary>
    /// <param name="drains">What it is to hold.</param>
    /// <exception cref="IOException">It could not be written; what was there before is still there.</exception>
    void Replace(LocalDrainSet drains);
}
