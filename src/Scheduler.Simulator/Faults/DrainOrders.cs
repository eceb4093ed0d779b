using System.Globalization;
using Scheduler.Core.Drains;
using Scheduler.Simulator.Backhauls;
using Scheduler.Simulator.Measures;
using Scheduler.Simulator.Policies;
using Scheduler.Simulator.Scenarios;
using Scheduler.Simulator.Worlds;

namespace Scheduler.Simulator.Faults;

/// <summary>What an operator orders in a run: tells the policy which drains hold, and has them measured.</summary>
internal sealed class DrainOrders(World world, IDispatchPolicy policy, RunMeter meter, VirtualClock clock, BackhaulSide? backhaul = null)
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(72);
    private readonly List<(Fault Fault, Drain Drain)> _held = [];
    private int _made;

    /// <summary>Starts a drain.</summary>
    /// <param name="fault">What the scenario says of it.</param>
    /// <param name="site">The site; an IDC takes with it the PoPs that have no other upstream.</param>
    public void Begin(Fault fault, int site)
    {
        DateTimeOffset now = clock.GetUtcNow();
        string id = string.Create(CultureInfo.InvariantCulture, $"d-{++_made}");
        var drain = new Drain(id, new DrainTarget(DrainTargetKind.Site, world.Fleet.Sites[site].Id), "scenario", "scenario", now, now + Longest)
        {
            Ramp = TimeSpan.FromSeconds(fault.RampS),
            Deadline = fault.DeadlineS is { } deadline ? now.AddSeconds(deadline) : null,
        };
        _held.Add((fault, drain));
        meter.DrainBegins(fault, [.. DrainTargets.Resolve(world.Fleet, drain.Target).Select(node => world.SiteOfNode[node]).Distinct()]);
        backhaul?.DrainBegins(fault, site);
        Tell();
    }

    /// <summary>Undoes it.</summary>
    public void End(Fault fault)
    {
        _held.RemoveAll(held => held.Fault == fault);
        meter.DrainEnds(fault);
        Tell();
    }

    private void Tell()
    {
        policy.Obey([.. _held.Select(held => held.Drain)]);
        backhaul?.Obey([.. _held.Select(held => held.Drain)]);
    }
}
