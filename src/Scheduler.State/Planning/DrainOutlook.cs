using System.Collections.Immutable;
using Scheduler.Core.Drains;
using Scheduler.Core.Routing;

namespace Scheduler.State.Planning;

/// <summary>What a drain will do as far as can be foreseen.</summary>
/// <param name="Revision">The configuration that it was judged by.</param>
/// <param name="Fleet">The fleet that the indexes in the moments belong to.</param>
/// <param name="Cells">The cells that the indexes in the moments belong to; rows after the last one are sites' own.</param>
/// <param name="Sites">Indexes of the sites that it takes whole: the target, and the PoPs that nothing else feeds.</param>
/// <param name="Nodes">How many nodes it takes.</param>
/// <param name="LoadKbps">What they carry now, all of which goes elsewhere, kbit/s.</param>
/// <param name="Moments">The drain at its start, and at the busiest moment until its end where that is busier; at least one.</param>
/// <param name="Source">What the forecast for a later moment rests on.</param>
/// <param name="Refusals">What speaks against it: each guard once, with what it says at the first moment at which it does.</param>
public sealed record DrainOutlook(
    long Revision,
    FleetIndex Fleet,
    ImmutableArray<CellPlace> Cells,
    ImmutableArray<int> Sites,
    int Nodes,
    long LoadKbps,
    ImmutableArray<DrainMoment> Moments,
    ForecastSource Source,
    ImmutableArray<DrainRefusal> Refusals)
{
    /// <summary>What it does to publishers and pulls, as things are now.</summary>
    public required BackhaulOutlook Backhaul { get; init; }

    /// <summary>True when what is left can carry the demand at every moment, and its links what is pulled now.</summary>
    public bool IsFeasible => Backhaul.IsFeasible && Moments.All(moment => moment.Preview.IsFeasible);

    /// <summary>The moment at which it does worst: short first, then the fullest receiver.</summary>
    public DrainMoment Worst => Moments.MaxBy(moment => (moment.Preview.ShortMbps, moment.Preview.Fullest?.UtilisationAfter ?? 0))!;
}
