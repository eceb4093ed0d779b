using Scheduler.Core.Capacity;
using Scheduler.Core.Routing;

namespace Scheduler.Core.Dispatch;

/// <summary>One site as a decision saw it: the terms of its score, its room, and what became of it.</summary>
/// <param name="Site">Index of the site.</param>
/// <param name="Rank">Rank of its first candidate, from 0; null when it gave none.</param>
/// <param name="Verdict">What became of it.</param>
/// <param name="IsNear">True for a site of the viewer's row; false for one that the whole world was asked for.</param>
/// <param name="RttMs">Round-trip time from the viewer's cell, ms.</param>
/// <param name="ComfortMs">Surcharge for the part of it beyond comfort, ms.</param>
/// <param name="TariffMs">Price of every Mbit/s under its tariff, ms-equivalents.</param>
/// <param name="OrderMs">In the row of a prefix override the step of its place in the operator's order, which replaces the three terms before; else 0.</param>
/// <param name="Price">What load costs there.</param>
/// <param name="ExtraMs">Surcharge of a site with suspect nodes, ms.</param>
/// <param name="ColdMs">What the pull of a stream that is not there costs, ms.</param>
/// <param name="Score">
/// What it was compared by, ms-equivalents: for a near site the sum of the terms; for one of the whole world the first three alone.
/// </param>
/// <param name="DearerMs">How much more that is than the chosen site's score; 0 for the chosen one and when there is none.</param>
/// <param name="RoomKbps">Escrow left at the site; 0 when it is used up.</param>
/// <param name="Utilisation">Load over capacity, as the price sees it; at least 0.</param>
/// <param name="Standing">The best standing of its nodes.</param>
public sealed record SiteTrace(
    int Site,
    int? Rank,
    SiteVerdict Verdict,
    bool IsNear,
    float RttMs,
    double ComfortMs,
    double TariffMs,
    double OrderMs,
    SitePrice Price,
    float ExtraMs,
    double ColdMs,
    float Score,
    float DearerMs,
    long RoomKbps,
    double Utilisation,
    Eligibility Standing)
{
    /// <summary>Of a publisher: the way to his audience, and what keeps a backup apart from the stream's first entry, ms-equivalents; 0 for viewers.</summary>
    public float PlacementMs { get; init; }
}
