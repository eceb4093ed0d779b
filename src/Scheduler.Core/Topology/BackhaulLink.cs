using Scheduler.Core.Units;

namespace Scheduler.Core.Topology;

/// <summary>The way from an IDC to a PoP that it feeds.</summary>
/// <param name="Pop">Id of the PoP.</param>
/// <param name="Idc">Id of the IDC, one of the PoP's upstreams.</param>
/// <param name="Capacity">Most it carries; over zero.</param>
/// <param name="PricePerMbps">Price of one more Mbit/s for a month, in the unit of <see cref="Tariff"/>; at least 0.</param>
public sealed record BackhaulLink(string Pop, string Idc, BitRate Capacity, double PricePerMbps);
