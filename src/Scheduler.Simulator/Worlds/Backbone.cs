using System.Collections.Immutable;
using Scheduler.Core.Topology;
using Scheduler.Core.Units;
using Scheduler.Simulator.Scenarios;
using Scheduler.Simulator.Viewers;

namespace Scheduler.Simulator.Worlds;

/// <summary>
/// Lays the links of a generated fleet whose pulls are simulated: from each PoP to its nearest IDCs, and between all IDCs. What a PoP will pull is found by
/// drawing its viewers' streams.
/// </summary>
internal static class Backbone
{
    /// <summary>Share of the dearer end's price that a Mbit/s costs on a link, within a region and from one to another.</summary>
    private const double NearShare = 0.25, FarShare = 0.5;

    /// <summary>A drain may bring an IDC's relays as much again.</summary>
    private const double RelayRoom = 2;

    /// <summary>Viewers who are drawn for a site at the most.</summary>
    private const int MostDrawn = 20_000;

    /// <summary>The same fleet with its links.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="cells">Cells with viewers.</param>
    /// <param name="fleet">The fleet, its sites' capacities laid out.</param>
    /// <param name="rtts">Round-trip times, a row of sites for each cell.</param>
    /// <param name="seed">Seed of the streams.</param>
    public static Fleet Lay(Scenario scenario, ImmutableArray<WorldCell> cells, Fleet fleet, float[] rtts, int seed)
    {
        Site[] idcs = [.. fleet.Sites.Where(site => site.Kind == SiteKind.Idc)];
        Dictionary<string, double> price = fleet.Tariffs.ToDictionary(t => t.Id, t => t.PricePerMbps);
        ImmutableArray<Site> sites =
        [
            .. fleet.Sites.Select(site => site.Kind == SiteKind.Idc ? site : site with
            {
                Upstreams = [.. idcs.OrderBy(idc => idc.Location.DistanceKm(site.Location)).ThenBy(idc => idc.Id, StringComparer.Ordinal).Take(scenario.Upstreams).Select(idc => idc.Id)],
            }),
        ];
        double[] streams = StreamsBySite(scenario, cells, fleet, rtts, seed);
        var links = ImmutableArray.CreateBuilder<BackhaulLink>();
        Dictionary<string, Site> byId = idcs.ToDictionary(idc => idc.Id);
        var fed = idcs.ToDictionary(idc => idc.Id, _ => 0.0);
        for (int s = 0; s < sites.Length; s++)
        {
            foreach (string upstream in sites[s].Upstreams)
            {
                links.Add(Link(sites[s], byId[upstream], streams[s]));
                fed[upstream] += streams[s];
            }
        }
        foreach (Site to in idcs)
        {
            double relayed = Math.Min(fed[to.Id], scenario.Streams) * RelayRoom;
            foreach (Site from in idcs)
                if (from != to) links.Add(Link(to, from, relayed));
        }
        return FleetValidator.Canonical(fleet with { Sites = sites, Links = links.ToImmutable() });

        BackhaulLink Link(Site to, Site from, double pulled)
        {
            long kbps = (long)Math.Ceiling(Math.Max(1, pulled) * scenario.StreamKbps / scenario.LinkPressure);
            double share = to.Region == from.Region ? NearShare : FarShare;
            return new BackhaulLink(to.Id, from.Id, BitRate.FromKbps(kbps), Math.Max(price[to.Tariff], price[from.Tariff]) * share);
        }
    }

    /// <summary>Pulls that each site needs when it is full: one for each stream and node.</summary>
    private static double[] StreamsBySite(Scenario scenario, ImmutableArray<WorldCell> cells, Fleet fleet, float[] rtts, int seed)
    {
        var mix = new StreamMix(cells, scenario.Streams, scenario.Zipf, new Chance(seed, Purposes.Streams));
        var chance = new Chance(seed, Purposes.Links);
        var streams = new double[fleet.Sites.Length];
        var seen = new HashSet<int>();
        for (int s = 0; s < streams.Length; s++)
        {
            int nearest = 0;
            for (int c = 1; c < cells.Length; c++)
                if (rtts[(c * streams.Length) + s] < rtts[(nearest * streams.Length) + s]) nearest = c;
            seen.Clear();
            long viewers = fleet.Sites[s].EgressCap is { } cap ? cap.Kbps / scenario.SessionKbps : MostDrawn;
            for (long left = Math.Min(viewers, MostDrawn); left > 0; left--) seen.Add(mix.Draw(nearest, chance));
            streams[s] = seen.Count;
        }
        return streams;
    }
}
