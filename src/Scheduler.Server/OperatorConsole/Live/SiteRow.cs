using Scheduler.Core.Routing;
using Scheduler.Protocol.Admin;

namespace Scheduler.Server.OperatorConsole.Live;

/// <summary>A site as the console shows it.</summary>
/// <param name="Site">The live numbers, as the admin API tells them.</param>
/// <param name="Standing">The best standing of its nodes.</param>
/// <param name="RoomBps">Escrow left: what may still be assigned before its next reports, bit/s.</param>
/// <param name="CostPerH">What an hour of its load costs, in units of the tariffs.</param>
/// <param name="RttMs">Mean round-trip time of the viewers that the plan sends there, ms; null when it sends none.</param>
/// <param name="Drain">Id of a drain that holds for the site or a part of it; null when none does.</param>
public sealed record SiteRow(SiteMessage Site, Eligibility Standing, long RoomBps, double CostPerH, float? RttMs, string? Drain)
{
    /// <summary>The standing as a number: of the messages to the browser.</summary>
    public byte StateCode => (byte)Standing;
}
