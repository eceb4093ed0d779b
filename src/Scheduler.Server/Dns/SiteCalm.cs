using Scheduler.Core.Capacity;
using Scheduler.Core.Drains;
using Scheduler.Core.Zones;
using Scheduler.State;
using Scheduler.State.Control;
using Scheduler.State.Sites;

namespace Scheduler.Server.Dns;

/// <summary>
/// How long nothing is foreseen to change at a site, for the time that answers naming it hold: no time while a drain ramps or a node is late, less and less toward the start of a drain that is planned
/// and toward full load.
/// </summary>
internal sealed class SiteCalm(ControlLoop control, ConfigurationInForce inForce, SchedulerClock clock)
{
    /// <summary>Utilisation from which a site's answers hold less long: where its price begins to rise.</summary>
    private const double Busy = 0.7;

    /// <summary>Utilisation at which a site may be full before any answer has run out.</summary>
    private const double Brimming = 0.95;

    /// <summary>By site index: seconds in which nothing is foreseen; <see cref="ZoneLimits.MostSteeredTtlS"/> where nothing is at all.</summary>
    public byte[] Seconds()
    {
        if (control.Publisher.Current is not { } snapshot) return [];
        byte[] calm = new byte[snapshot.Fleet.Sites.Length];
        Array.Fill(calm, (byte)ZoneLimits.MostSteeredTtlS);
        foreach (SiteState site in control.Sites)
        {
            if (site.Index >= calm.Length) continue;
            long capacity = snapshot.Load.SiteCapacityKbps(site.Index);
            double utilisation = capacity > 0 ? (double)snapshot.Load.SiteLoadKbps(site.Index) / capacity : 1;
            double share = Math.Clamp((Brimming - utilisation) / (Brimming - Busy), 0, 1);
            bool moves = site.Nodes.Any(IsMoving);
            calm[site.Index] = moves ? (byte)0 : (byte)(share * ZoneLimits.MostSteeredTtlS);
        }
        ForeseeDrains(snapshot.Fleet.Fleet, calm, snapshot);
        return calm;
    }

    private static bool IsMoving(NodeStatus node) => node.Order.Admitting is > 0 and < 1 || node.Freshness == Freshness.Suspect || node.SlowStartShare < 1;

    /// <summary>An answer must have run out when a planned drain begins.</summary>
    private void ForeseeDrains(Core.Topology.Fleet fleet, byte[] calm, Core.Routing.RoutingSnapshot snapshot)
    {
        DateTimeOffset now = clock.UtcNow;
        foreach (Drain drain in inForce.Current.Drains)
        {
            double left = (drain.StartsAt - now).TotalSeconds;
            if (left is <= 0 or > ZoneLimits.MostSteeredTtlS) continue;
            foreach (int node in DrainTargets.Resolve(fleet, drain.Target))
                if (snapshot.Fleet.TryFindSite(fleet.Nodes[node].Site, out int site)) calm[site] = Math.Min(calm[site], (byte)left);
        }
    }
}
