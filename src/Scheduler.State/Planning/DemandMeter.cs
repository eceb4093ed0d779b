using System.Collections.Immutable;
using Scheduler.Core.Routing;
using Scheduler.Core.Sessions;

namespace Scheduler.State.Planning;

/// <summary>
/// Reads what this replica's live sessions weigh. The <see cref="SessionTable"/> counts it exactly at every opening, takeover, end and expiry, by interlocked
/// additions, so that reading it costs the request path nothing.
/// </summary>
/// <param name="sessions">The sessions.</param>
public sealed class DemandMeter(SessionTable sessions)
{
    /// <summary>The demand now; O(cells × classes + nodes).</summary>
    /// <param name="snapshot">Tells which cells, classes, sites and nodes there are.</param>
    public Demand Read(RoutingSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var cells = new List<NumberedKbps>(snapshot.Candidates.Cells.Length);
        foreach (CellPlace cell in snapshot.Candidates.Cells) Add(cells, cell.Number, sessions.CellKbps(cell.Number));
        var sites = new List<NumberedKbps>(snapshot.Fleet.Sites.Length);
        foreach (IndexedSite? site in snapshot.Fleet.Sites)
        {
            if (site is null) continue;
            long kbps = 0;
            foreach (int node in site.Nodes) kbps += sessions.Node(node).Kbps;
            Add(sites, site.Number, kbps);
        }
        return new Demand(Sorted(cells), Sorted(sites)) { Classes = Classes(snapshot) };
    }

    private ImmutableArray<ClassDemand> Classes(RoutingSnapshot snapshot)
    {
        var classes = ImmutableArray.CreateBuilder<ClassDemand>();
        for (int streamClass = 1; streamClass < snapshot.Classifier.Names.Length; streamClass++)
        {
            if (snapshot.As(streamClass).Slot is not (> 0 and var slot)) continue; // planned as all are
            var cells = new List<NumberedKbps>();
            foreach (CellPlace cell in snapshot.Candidates.Cells) Add(cells, cell.Number, sessions.ClassKbps(cell.Number, slot));
            if (cells.Count > 0) classes.Add(new ClassDemand(snapshot.Classifier.Names[streamClass], Sorted(cells)));
        }
        classes.Sort(static (left, right) => string.CompareOrdinal(left.Class, right.Class));
        return classes.ToImmutable();
    }

    private static void Add(List<NumberedKbps> list, int number, long kbps)
    {
        if (kbps > 0) list.Add(new NumberedKbps(number, kbps));
    }

    private static ImmutableArray<NumberedKbps> Sorted(List<NumberedKbps> list)
    {
        list.Sort(static (left, right) => left.Number.CompareTo(right.Number));
        return [.. list];
    }
}
