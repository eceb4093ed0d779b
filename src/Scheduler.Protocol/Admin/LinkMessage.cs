namespace Scheduler.Protocol.Admin;

/// <summary>A way over which a site pulls from an IDC.</summary>
/// <param name="Site">Id of the site that pulls.</param>
/// <param name="Idc">Id of the IDC that it pulls from.</param>
/// <param name="Kind"><c>backhaul</c> to a PoP, <c>trunk</c> between two IDCs.</param>
/// <param name="CapacityBps">What the link carries at most, bit/s; absent where the fleet names no link.</param>
/// <param name="LoadBps">What is pulled over it now, bit/s.</param>
/// <param name="Utilisation">Load over capacity; absent where the fleet names no link.</param>
/// <param name="TariffMs">Price of every Mbit/s on the link, ms-equivalents.</param>
/// <param name="PriceMs">What one more Mbit/s costs at this load, ms-equivalents.</param>
/// <param name="RttMs">Round-trip time by distance, ms.</param>
public sealed record LinkMessage(
    string Site, string Idc, string Kind, long? CapacityBps, long LoadBps, double? Utilisation, double TariffMs, double PriceMs, double RttMs);
