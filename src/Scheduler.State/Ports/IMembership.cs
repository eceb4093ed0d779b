using System.Collections.Immutable;

namespace Scheduler.State.Ports;

/// <summary>
/// Who the replicas are. Times are told by the store's clock alone, so that no two machines' clocks are compared. An exception means that the store could
/// not be reached: who was known stays known.
/// </summary>
public interface IMembership
{
    /// <summary>Time for which a number rests after its replica was last heard, before another name may get it: longer than any ticket lives.</summary>
    static TimeSpan Rest => TimeSpan.FromHours(24);

    /// <summary>Joins, under the number that the name had before or a free one, as a new start.</summary>
    /// <param name="draft">Who joins.</param>
    /// <param name="cancellation">Ends the wait, before the write begins.</param>
    /// <returns>The replica as it is known from now on; null, and nothing written, when all 255 numbers are held or rest.</returns>
    ValueTask<Member?> JoinAsync(MemberDraft draft, CancellationToken cancellation);

    /// <summary>Says that a replica is alive, and asks who else is.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="start">Its start.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>
    /// Every replica whose number has not come to rest, itself among them, by number; empty when the number has a newer start or another name by now: then it must assign nothing more
    /// under it.
    /// </returns>
    ValueTask<ImmutableArray<Member>> BeatAsync(byte number, long start, CancellationToken cancellation);

    /// <summary>Leaves in good order; does nothing when the number has a newer start.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="start">Its start.</param>
    /// <param name="cancellation">Ends the wait, before the write begins.</param>
    ValueTask LeaveAsync(byte number, long start, CancellationToken cancellation);
}
