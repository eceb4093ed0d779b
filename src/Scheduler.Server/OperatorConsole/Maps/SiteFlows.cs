using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Scheduler.Core.Routing;
using Scheduler.Server.OperatorConsole.History;
using Scheduler.Simulator.Reports.Maps;
using Scheduler.State.Planning;

namespace Scheduler.Server.OperatorConsole.Maps;

/// <summary>Where the viewers of a site are.</summary>
internal static class SiteFlows
{
    /// <summary>Cells that are drawn: the greatest; more arcs would hide the map.</summary>
    public const int Most = 80;

    /// <summary>The greatest flows to a site, the greatest first; empty when the plan sends it nobody.</summary>
    /// <param name="held">The plan.</param>
    /// <param name="site">Id of the site.</param>
    public static ImmutableArray<Flow> Of(PlanInForce held, string site)
    {
        if (!held.Snapshot.Fleet.TryFindSite(site, out int index)) return [];
        ImmutableArray<CellPlace> cells = held.Snapshot.Candidates.Cells;
        return
        [
            .. PlannedRtts.Flows(held).Where(flow => flow.Site == index)
                .GroupBy(flow => flow.Cell, flow => flow.Mbps)
                .Select(cell => (Place: cells[cell.Key], Mbps: cell.Sum()))
                .OrderByDescending(cell => cell.Mbps).Take(Most)
                .Select(cell =>
                {
                    (double x, double y) = EqualEarth.Project(cell.Place.Location.Latitude, cell.Place.Location.Longitude);
                    return new Flow(cell.Place.Id, x, y, cell.Mbps);
                }),
        ];
    }

    /// <summary>Rows of cell, x, y and Mbit/s.</summary>
    public static byte[] Json(ImmutableArray<Flow> flows)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (Flow flow in flows)
            {
                json.WriteStartArray();
                json.WriteStringValue(flow.Cell);
                json.WriteNumberValue(Math.Round(flow.X));
                json.WriteNumberValue(Math.Round(flow.Y));
                json.WriteNumberValue(Math.Round(flow.Mbps, 2));
                json.WriteEndArray();
            }
            json.WriteEndArray();
        }
        return buffer.WrittenSpan.ToArray();
    }
}
