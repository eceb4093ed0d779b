using System.Collections.Immutable;

namespace Scheduler.Core.Planning;

/// <summary>
/// Cells that ask for more than all sites that may serve them can carry: a part of a minimum cut, and a proof by itself. None of the cells has a candidate
/// outside of the sites.
/// </summary>
/// <param name="ShortMbps">Demand of the cells beyond what the sites may carry, Mbit/s; over 0.</param>
/// <param name="Cells">Rows of the network, rising.</param>
/// <param name="Sites">Every site with capacity that any of the cells may use, rising; empty where all they could use is closed.</param>
public sealed record Bottleneck(double ShortMbps, ImmutableArray<int> Cells, ImmutableArray<int> Sites);
