using System.Numerics;
using Scheduler.Core.Routing;

namespace Scheduler.Core.Dispatch;

/// <summary>
/// Tries, now and then, a site whose round-trip time nobody has measured: where players never go they never measure, and a site that the model by
/// distance wrongs would stay unknown for ever.
/// </summary>
internal static class Exploration
{
    /// <summary>Whether this viewer tries something in this epoch: by hash, so that the same question gets the same answer for its length.</summary>
    /// <param name="policy">Tells the share.</param>
    /// <param name="viewer">The viewer's number.</param>
    /// <param name="epoch">The epoch; another share of the viewers has its turn in each.</param>
    /// <param name="draw">Fresh bits for the choice that follows.</param>
    public static bool IsTurnOf(DispatchPolicy policy, uint viewer, int epoch, out uint draw)
    {
        ulong mixed = ViewerHash.Mix(((ulong)(uint)epoch << 32 | viewer) + 0x9E3779B97F4A7C15UL);
        draw = (uint)mixed;
        return mixed >> 32 < policy.ExploreShare * 4294967296.0;
    }

    /// <summary>A place of the row that nobody has measured, within the price of a trial; <paramref name="best"/> when there is none.</summary>
    /// <param name="snapshot">The snapshot of the request.</param>
    /// <param name="row">The row.</param>
    /// <param name="draw">Which of several.</param>
    /// <param name="scores">Scores of the row.</param>
    /// <param name="best">Place of the least.</param>
    public static int Choose(RoutingSnapshot snapshot, int row, uint draw, ReadOnlySpan<float> scores, int best)
    {
        uint unknown = snapshot.Candidates.Row(row).Unmeasured & LeastFloat.WhereBelow(scores, scores[best] + (float)snapshot.Policy.ExploreWithinMs);
        if (unknown == 0) return best;
        for (uint skip = draw % (uint)BitOperations.PopCount(unknown); skip > 0; skip--) unknown &= unknown - 1;
        return BitOperations.TrailingZeroCount(unknown);
    }
}
