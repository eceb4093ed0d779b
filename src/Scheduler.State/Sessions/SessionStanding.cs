using Scheduler.Core.Routing;
using Scheduler.Core.Sessions;

namespace Scheduler.State.Sessions;

/// <summary>How a session that lives stands, by the snapshot of a request.</summary>
internal static class SessionStanding
{
    /// <summary>True when a session may not stay on its node.</summary>
    public static bool MustLeave(RoutingSnapshot snapshot, int node) => snapshot.Node(node).Eligibility switch
    {
        Eligibility.Eligible or Eligibility.Unheard => false,
        Eligibility.Silent => !snapshot.Frozen,
        _ => true,
    };

    /// <summary>True when the policy does not let a node's site serve the viewer of a session, whatever let it when the session began.</summary>
    public static bool IsBarred(RoutingSnapshot snapshot, in SessionClaims claims, int node, int streamClass) =>
        !snapshot.As(streamClass).Fences.Allow(CellOf(snapshot, in claims), snapshot.Fleet.SiteOf(node));

    /// <summary>Dense index of a viewer's cell; the default one where the map in force does not have his.</summary>
    public static int CellOf(RoutingSnapshot snapshot, in SessionClaims claims) =>
        snapshot.Candidates.TryFindCell(claims.Cell, out int known) ? known : snapshot.DefaultCell;

    /// <summary>Permanent number of a node; null where the fleet in force does not have it.</summary>
    public static int? NumberOf(RoutingSnapshot snapshot, int node) => node < snapshot.Fleet.Nodes.Length ? snapshot.Fleet.Nodes[node]?.Number : null;

    /// <summary>What is asked for a session that lives and is to go elsewhere.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="claims">What its token says.</param>
    /// <param name="exclude">Indexes of nodes that must not be named.</param>
    /// <param name="want">Candidates wanted.</param>
    /// <param name="streamClass">Number of the stream's class.</param>
    public static SessionOrder OrderOf(RoutingSnapshot snapshot, in SessionClaims claims, ReadOnlySpan<int> exclude, int want, int streamClass)
    {
        int cell = CellOf(snapshot, in claims);
        return new SessionOrder
        {
            Cell = cell,
            Row = cell,
            Class = streamClass,
            Stream = claims.Stream,
            Viewer = claims.Session,
            Self = claims.Session,
            Kind = claims.Kind,
            Protocols = claims.Protocol,
            Exclude = exclude,
            Want = want,
        };
    }
}
