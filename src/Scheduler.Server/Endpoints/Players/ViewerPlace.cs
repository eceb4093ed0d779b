using Scheduler.Core.Dispatch;
using Scheduler.Core.Geo;
using Scheduler.Core.Routing;

namespace Scheduler.Server.Endpoints.Players;

/// <summary>Where a viewer is, in the terms of a snapshot.</summary>
/// <param name="Cell">Dense index of the cell.</param>
/// <param name="Row">Row of the candidate table.</param>
/// <param name="Network"><see cref="ViewerHash.OfNetwork"/> of the address.</param>
internal readonly record struct ViewerPlace(int Cell, int Row, ulong Network)
{
    /// <summary>The place of an address.</summary>
    /// <param name="snapshot">The snapshot of the request.</param>
    /// <param name="address">The viewer's address, which goes no further.</param>
    /// <param name="found">What the place rests on.</param>
    public static ViewerPlace Of(RoutingSnapshot snapshot, IpKey address, out Located found)
    {
        found = snapshot.Locator.Locate(address);
        return new ViewerPlace(found.Cell, snapshot.RowOf(in found), ViewerHash.OfNetwork(address));
    }
}
