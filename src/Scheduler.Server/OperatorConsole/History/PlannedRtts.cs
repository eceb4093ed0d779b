using Scheduler.Core.Planning;
using Scheduler.State.Planning;

namespace Scheduler.Server.OperatorConsole.History;

/// <summary>Round-trip times of whole sites, and where their viewers are, as the plan has them.</summary>
internal static class PlannedRtts
{
    /// <summary>Mean round-trip time of the traffic that the plan sends to each site, ms; sites that it sends none are absent.</summary>
    public static Dictionary<string, float> BySite(PlanInForce held)
    {
        int sites = held.Plan.Problem.Network.SiteCount;
        double[] traffic = new double[sites], weighed = new double[sites];
        foreach ((int cell, int site, double mbps) in Flows(held))
        {
            traffic[site] += mbps;
            weighed[site] += mbps * held.Snapshot.Candidates.RttMs(cell, site);
        }
        var rtts = new Dictionary<string, float>(StringComparer.Ordinal);
        for (int site = 0; site < sites; site++)
            if (traffic[site] > 0 && held.Snapshot.Fleet.Sites[site] is { } known) rtts[known.Site.Id] = (float)(weighed[site] / traffic[site]);
        return rtts;
    }

    /// <summary>Every cell and site between which the plan has traffic, Mbit/s.</summary>
    public static IEnumerable<(int Cell, int Site, double Mbps)> Flows(PlanInForce held)
    {
        PlanNetwork network = held.Plan.Problem.Network;
        for (int row = 0; row < held.Rows.CellRows; row++)
        {
            if (held.Plan.Problem.DemandMbps[row] <= 0) continue;
            int[] sites = network.SitesOf(row).ToArray();
            double[] traffic = held.Plan.TrafficOf(row).ToArray();
            for (int k = 0; k < sites.Length; k++)
                if (traffic[k] > 0) yield return (held.Rows.CellOf(row), sites[k], traffic[k]);
        }
    }
}
