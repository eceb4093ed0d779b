namespace Scheduler.Core.Geo;

/// <summary>
/// A cell, or the lack of one, in 16 bits: the form in which tables and files keep it. 0 is no cell, n is the cell of index n - 1.
/// </summary>
internal static class CellCode
{
    /// <summary>No cell is known.</summary>
    public const ushort Unknown = 0;

    /// <summary>Most cells that a map can have: the highest code is taken by <see cref="Ipv6Table"/>.</summary>
    public const int MaxCells = ushort.MaxValue - 1;

    /// <summary>The code of a cell.</summary>
    public static ushort Of(int cell) => (ushort)(cell + 1);
}
