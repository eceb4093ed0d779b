using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Scheduler.Core.Geo;

/// <summary>Where cells lie, and the cell of each of the builder's places.</summary>
/// <param name="Cells">Ascending by id.</param>
/// <param name="CodeOfPlace">By index of the place: its common cell; see <see cref="CellCode"/>.</param>
/// <param name="CodeOfCarrier">The cells of one carrier, by the common cell of their place and the carrier's index.</param>
internal sealed record CellPlan(
    ImmutableArray<Cell> Cells, ushort[] CodeOfPlace, FrozenDictionary<(ushort Common, int Carrier), ushort> CodeOfCarrier)
{
    /// <summary>The cell of what is said of an address.</summary>
    public ushort CodeOf(PlaceNetwork network)
    {
        ushort common = CodeOfPlace[network.Place];
        return CodeOfCarrier.TryGetValue((common, network.Carrier), out ushort own) ? own : common;
    }
}
