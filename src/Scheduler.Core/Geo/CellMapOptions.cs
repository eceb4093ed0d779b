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

    /// <summary>Most cells of one carrier, beside the cells of places: where more qualify, those with the most people get them.</summary>
    /// <value>At least 0; default 800: with the cells of places, 4,000. Those of the map before are kept beyond it.</value>
    public int CarrierCells { get; init; } = 800;

    /// <summary>Addresses that a carrier must have in a place to get a cell of its own there, and that must be left to the others.</summary>
    /// <value>At least 1; default 16,384, as for places.</value>
    public long CarrierMinAddresses { get; init; } = 16_384;

    /// <summary>Share of its place's addresses that a carrier must have to get a cell of its own there.</summary>
    /// <value>Ratio in [0, 1]; default 0.05: a smaller one moves the average of the common cell by too little to matter.</value>
    public double CarrierMinShare { get; init; } = 0.05;
}
