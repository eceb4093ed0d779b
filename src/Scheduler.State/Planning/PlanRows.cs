using System.Collections.Immutable;
using Scheduler.Core.Policies;
using Scheduler.Core.Routing;

namespace Scheduler.State.Planning;

/// <summary>
/// What each row of a plan's network is: the cells as ordinary streams ask for them, the cells again for each class of streams that has candidates of its own and
/// viewers, and last the sites that serve viewers, each for the load there that no known session explains.
/// </summary>
/// <param name="cells">Number of cells; at least 1.</param>
/// <param name="classes">The class of all other streams first.</param>
/// <param name="serving">Indexes of the sites with nodes for viewers, in the order of their rows.</param>
public sealed class PlanRows(int cells, ImmutableArray<PlannedClass> classes, ImmutableArray<int> serving)
{
    /// <summary>The classes, in the order of their rows.</summary>
    public ImmutableArray<PlannedClass> Classes => classes;

    /// <summary>Indexes of the sites with rows of their own, in their order.</summary>
    public ImmutableArray<int> Serving => serving;

    /// <summary>Number of cells: of the rows of each class.</summary>
    public int Cells => cells;

    /// <summary>Number of rows that are cells: after them come the sites'.</summary>
    public int CellRows => cells * classes.Length;

    /// <summary>Number of rows.</summary>
    public int Count => CellRows + serving.Length;

    /// <summary>The rows that demand asks for: a class without viewers has none, for it would cost as much as the cells do.</summary>
    /// <param name="snapshot">Cells and classes.</param>
    /// <param name="demand">Tells which classes have viewers.</param>
    /// <param name="serving">Indexes of the sites with nodes for viewers.</param>
    public static PlanRows Of(RoutingSnapshot snapshot, Demand demand, ImmutableArray<int> serving)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(demand);
        return new PlanRows(
            snapshot.Candidates.Cells.Length,
            [
                new PlannedClass(StreamClassifier.Default, snapshot.Policy.Cost, snapshot.Fences),
                .. ClassesIn(snapshot, demand).Select(number =>
                    new PlannedClass(snapshot.Classifier.Names[number], snapshot.As(number).Policy.Cost, snapshot.As(number).Fences)),
            ],
            serving);
    }

    /// <summary>True when there are rows for every class that has viewers.</summary>
    /// <param name="snapshot">The classes of now.</param>
    /// <param name="demand">Tells which have viewers.</param>
    public bool Cover(RoutingSnapshot snapshot, Demand demand)
    {
        foreach (int number in ClassesIn(snapshot, demand))
            if (PlaceOf(snapshot.Classifier.Names[number]) is null) return false;
        return true;
    }

    /// <summary>Where a class stands among the classes; null when it has no rows.</summary>
    /// <param name="id">Its id.</param>
    public int? PlaceOf(string id)
    {
        for (int place = 0; place < classes.Length; place++)
            if (classes[place].Id == id) return place;
        return null;
    }

    /// <summary>Row of a cell.</summary>
    /// <param name="place">Place of the class.</param>
    /// <param name="cell">Dense index of the cell.</param>
    public int RowOf(int place, int cell) => (place * cells) + cell;

    /// <summary>Dense index of the cell of a row.</summary>
    /// <param name="row">Row, under <see cref="CellRows"/>.</param>
    public int CellOf(int row) => row % cells;

    /// <summary>The class of a row.</summary>
    /// <param name="row">Row, under <see cref="CellRows"/>.</param>
    public PlannedClass ClassOf(int row) => classes[row / cells];

    private static IEnumerable<int> ClassesIn(RoutingSnapshot snapshot, Demand demand) => demand.Classes
        .Select(part => snapshot.Classifier.Names.IndexOf(part.Class)).Where(number => number > 0 && snapshot.As(number).Slot > 0);
}
