using Scheduler.Simulator.Worlds;

namespace Scheduler.Simulator.Policies;

/// <summary>Demand of each cell as a baseline knows it: who was sent to a node and has not said that he left.</summary>
/// <param name="world">The world.</param>
internal sealed class HeldDemand(World world)
{
    private readonly double[] _cellMbps = new double[world.Cells.Length];
    private readonly double _sessionMbps = world.Scenario.SessionKbps / 1_000.0;
    private int?[] _cellOf = new int?[1 << 16];

    /// <summary>Demand of each cell, Mbit/s.</summary>
    public ReadOnlySpan<double> CellMbps => _cellMbps;

    /// <summary>Counts a viewer, in the place of one who was there before and left without a word.</summary>
    public void Hold(int viewer, int cell)
    {
        if (viewer >= _cellOf.Length) Array.Resize(ref _cellOf, Math.Max(viewer + 1, _cellOf.Length * 2));
        Release(viewer);
        _cellOf[viewer] = cell;
        _cellMbps[cell] += _sessionMbps;
    }

    /// <summary>A viewer leaves.</summary>
    public void Release(int viewer)
    {
        if (viewer >= _cellOf.Length || _cellOf[viewer] is not { } cell) return;
        _cellOf[viewer] = null;
        _cellMbps[cell] = Math.Max(0, _cellMbps[cell] - _sessionMbps);
    }
}
