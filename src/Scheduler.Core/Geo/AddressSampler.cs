namespace Scheduler.Core.Geo;

/// <summary>
/// Draws viewers: a cell by its people, then an address of that cell. For load generators and simulations; takes 48 bytes a range of the
/// map (250 MB for the world), so no server needs one. Immutable.
/// </summary>
public sealed class AddressSampler
{
    private readonly long[] _peopleBefore; // by cell: people of all cells before it; one entry more for the end
    private readonly AddressPool _v4;
    private readonly AddressPool _v6;

    /// <summary>A sampler over the cells that have people and addresses.</summary>
    /// <param name="map">The map.</param>
    /// <exception cref="ArgumentException">No cell has both.</exception>
    public AddressSampler(CellMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        _v4 = new AddressPool(map, v4: true);
        _v6 = new AddressPool(map, v4: false);
        _peopleBefore = new long[map.Cells.Length + 1];
        for (int cell = 0; cell < map.Cells.Length; cell++)
        {
            bool reachable = !_v4.IsEmpty(cell) || !_v6.IsEmpty(cell);
            _peopleBefore[cell + 1] = _peopleBefore[cell] + (reachable ? map.Cells[cell].Population : 0);
        }
        if (_peopleBefore[^1] == 0) throw new ArgumentException("no cell has both people and addresses", nameof(map));
    }

    /// <summary>Draws an address. Allocates nothing.</summary>
    /// <param name="random">Source of chance.</param>
    /// <param name="v6Share">Share of viewers with IPv6, in [0, 1], in cells that have both families.</param>
    /// <param name="cell">Index of the cell that it was drawn for.</param>
    public IpKey Next(Random random, double v6Share, out int cell)
    {
        ArgumentNullException.ThrowIfNull(random);
        cell = AddressPool.LastNotAbove(_peopleBefore, random.NextInt64(_peopleBefore[^1]));
        bool ofV6 = _v4.IsEmpty(cell) || (!_v6.IsEmpty(cell) && random.NextDouble() < v6Share);
        return (ofV6 ? _v6 : _v4).Next(random, cell);
    }
}
