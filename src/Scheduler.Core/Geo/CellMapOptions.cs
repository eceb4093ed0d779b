namespace Scheduler.Core.Geo;

/// <summary>How fine cells are.</summary>
public sealed record CellMapOptions
{
    /// <summary>Every place with addresses lies within this distance of its cell's place.</summary>
    /// <value>km, over 0; default 100: about 2 ms of fibre there and back.</value>
    public double CoverKm { get; init; } = 100;

    /// <summary>Least distance between the places of two cells of one country.</summary>
    /// <value>km, at least 0; default 25: under it, viewers differ by their network and not by their place.</value>
    public double SpacingKm { get; init; } = 25;

    /// <summary>Cells to aim at. Where cover needs fewer, the rest go where most addresses lie far from their cell's place.</summary>
    /// <value>At least 1; default 3,200. Cover may need more.</value>
    public int TargetCells { get; init; } = 3_200;
}
