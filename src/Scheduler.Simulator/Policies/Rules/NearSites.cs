using Scheduler.Simulator.Worlds;

namespace Scheduler.Simulator.Policies.Rules;

/// <summary>The sites of each cell, nearest first: what every baseline looks at.</summary>
internal sealed class NearSites
{
    private readonly int[][] _rows;

    /// <summary>Sorts the sites of each cell by round-trip time.</summary>
    public NearSites(World world) => _rows = [.. Enumerable.Range(0, world.Cells.Length).Select(cell => Row(world, cell))];

    /// <summary>Every site, nearest first.</summary>
    public ReadOnlySpan<int> Of(int cell) => _rows[cell];

    /// <summary>The nearest sites that are alive.</summary>
    /// <param name="board">Who is alive.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="without">A site that is passed over; null for none.</param>
    /// <param name="room">Takes them, as many as it holds.</param>
    /// <returns>How many there are.</returns>
    public int Alive(ReportBoard board, int cell, int? without, Span<int> room)
    {
        int count = 0;
        foreach (int site in _rows[cell])
        {
            if (count == room.Length) break;
            if (site != without && board.IsAlive(site)) room[count++] = site;
        }
        return count;
    }

    private static int[] Row(World world, int cell)
    {
        int[] sites = [.. Enumerable.Range(0, world.Fleet.Sites.Length)];
        Array.Sort(world.RttsOf(cell).ToArray(), sites);
        return sites;
    }
}
