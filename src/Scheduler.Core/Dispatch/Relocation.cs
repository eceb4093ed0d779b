using System.Runtime.CompilerServices;
using Scheduler.Core.Routing;

namespace Scheduler.Core.Dispatch;

/// <summary>What a viewer who is well where he is would gain elsewhere: new sessions follow prices at once, sessions in place only where it is worth a move.</summary>
public static class Relocation
{
    /// <summary>How much less the best site of a viewer's row costs than the one that serves him, with the load of this moment.</summary>
    /// <param name="snapshot">The snapshot that the request read once.</param>
    /// <param name="request">What he would ask for if he came now.</param>
    /// <param name="site">Index of the site that serves him.</param>
    /// <returns>Milliseconds-equivalent; 0 or less when he is where he would be sent.</returns>
    [SkipLocalsInit] // the room for scores is written before it is read
    public static float GainMs(RoutingSnapshot snapshot, in DispatchRequest request, int site)
    {
        snapshot = snapshot.As(request.Class);
        Span<float> scores = stackalloc float[CandidateTable.RowLength];
        SiteRanking ranking = Dispatcher.RankRow(snapshot, request.Row, snapshot.Streams.Find(request.Stream, request.WarmEpoch), scores);
        if (ranking.First is not (>= 0 and var best) || ranking.Sites[best] == site) return 0;
        // His own site need not be in the row; the stream is there already.
        float present = SiteSweep.CostMs(snapshot, site, SiteSweep.RttMs(snapshot, request.Cell, site)) + snapshot.Sites[site].ExtraMs + snapshot.Load.Prices[site];
        return present - scores[best];
    }
}
