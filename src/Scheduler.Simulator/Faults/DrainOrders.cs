using System.Globalization;
using Scheduler.Core.Drains;
using Scheduler.Simulator.Measures;
using Scheduler.Simulator.Policies;
using Scheduler.Simulator.Scenarios;
using Scheduler.Simulator.Worlds;

namespace Scheduler.Simulator.Faults;

/// <summary>What an operator orders in a run: tells the policy which drains hold, and has them measured.</summary>
internal sealed class DrainOrders(World world, IDispatchPolicy policy, RunMeter meter, VirtualClock clock)
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(72);
    private readonly List<(Fault Fault, Drain Drain)> _held = [];
    private int _made;

    /// <summary>Starts a drain of each site.</summary>
    /// <param name="fault">What the scenario says of it.</param>
    /// <param name="sites">The sites.</param>
    public void Begin(Fault fault, int[] sites)
    {
        DateTimeOffset now = clock.GetUtcNow();
        foreach (int site in sites)
        {
            string id = string.Create(CultureInfo.InvariantCulture, $"d-{++_made}");
            _held.Add((fault, new Drain(id, new DrainTarget(DrainTargetKind.Site, world.Fleet.Sites[site].Id), "scenario", "scenario", now, now + Longest)
            {
                Ramp = TimeSpan.FromSeconds(fault.RampS),
                Deadline = fault.DeadlineS is { } deadline ? now.AddSeconds(deadline) : null,
            }));
        }
        meter.DrainBegins(fault, sites);
        Tell();
    }

    /// <summary>Undoes it.</summary>
    public void End(Fault fault)
    {
        _held.RemoveAll(held => held.Fault == fault);
        meter.DrainEnds(fault);
        Tell();
    }

    private void Tell() => policy.Obey([.. _held.Select(held => held.Drain)]);
}
