namespace Scheduler.Core.Geo;

/// <summary>How fine cells are.</summary>
public sealed record CellMapOptions
{
    /// <summary>Places lie within this distance of their cell's place, except where <see cref="MinAddresses"/> says otherwise.</summary>
    /// <value>km, over 0; default 100: about 2 ms of fibre there and back.</value>
    public double CoverKm { get; init; } = 100;

    /// <summary>
    /// Addresses that must lie beyond the reach of all cells of their country, near each other, to get a cell of their own.
    /// </summary>
    /// <value>At least 0; default 16,384. Without it a third of all cells would share one address in a thousand.</value>
    public long MinAddresses { get; init; } = 16_384;

    /// <summary>Least distance between the places of two cells of one country.</summary>
    /// <value>km, at least 0; default 25: under it, viewers differ by their network and not by their place.</value>
    public double SpacingKm { get; init; } = 25;

    /// <summary>Cells to aim at. Where cover needs fewer, the rest go where most addresses lie far from their cell's place.</summary>
    /// <value>At least 1; default 3,200. Cover may need more.</value>
    public int TargetCells { get; init; } = 3_200;
}
