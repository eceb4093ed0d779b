using Scheduler.Simulator.Viewers;

namespace Scheduler.Tests.Simulator;

/// <summary>Keeps the books a second time: how long each viewer played, by looking at him at the end of every tick.</summary>
internal sealed class Bookkeeper : Onlooker
{
    private readonly Dictionary<(int Place, int Generation), int> _ticks = [];

    /// <summary>Bits that all viewers were sent, Gbit: weight times time played, viewer by viewer.</summary>
    public double Gbit => _ticks.Values.Sum(ticks => ticks / 10.0 * World.Scenario.SessionKbps) / 1e6;

    /// <summary>True while no node, site or replica's share was ever below zero, and nodes added up to their sites.</summary>
    public bool IsSound { get; private set; } = true;

    public override void TickIsOver()
    {
        ReadOnlySpan<Viewer> places = Crowd.Places;
        int there = 0;
        for (int place = 0; place < places.Length; place++)
        {
            if (places[place].State != ViewerState.Free) there++;
            if (places[place].State != ViewerState.Playing) continue;
            _ticks.TryGetValue((place, places[place].Generation), out int ticks);
            _ticks[(place, places[place].Generation)] = ticks + 1;
        }
        IsSound &= there == Crowd.Live && Crowd.Arrived == Crowd.Live + Crowd.Ended + Crowd.Lost && NodesAddUp();
    }

    private bool NodesAddUp()
    {
        long[] bySite = new long[Farm.SiteEgressKbps.Length];
        bool isSound = true;
        foreach (Scheduler.Simulator.Nodes.EdgeNode node in Farm.Nodes)
        {
            bySite[node.Site] += node.EgressKbps;
            isSound &= node.EgressKbps >= 0 && node.Sessions >= 0 && node.ByReplica.All(kbps => kbps >= 0) && node.SessionsByReplica.All(count => count >= 0);
            isSound &= node.ByReplica.Sum() == node.EgressKbps && (node.Alive || node.EgressKbps == 0);
        }
        return isSound && Farm.SiteEgressKbps.SequenceEqual(bySite);
    }
}
