using Scheduler.Core.Units;

namespace Scheduler.Core.Topology;

/// <summary>The way from an IDC to a PoP that it feeds, or to another IDC that relays its streams.</summary>
/// <param name="Pop">Id of the site that is fed: a PoP, or an IDC.</param>
/// <param name="Idc">Id of the IDC that feeds it; of a PoP one of its upstreams.</param>
/// <param name="Capacity">Most it carries; over zero.</param>
/// <param name="PricePerMbps">Price of one more Mbit/s for a month, in the unit of <see cref="Tariff"/>; at least 0.</param>
public sealed record BackhaulLink(string Pop, string Idc, BitRate Capacity, double PricePerMbps);
