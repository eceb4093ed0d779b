using System.Collections.Immutable;
using Scheduler.Core.Drains;
using Scheduler.State;
using Scheduler.State.Planning;

namespace Scheduler.Server.Endpoints.Admin;

/// <summary>Judges drains: by what is foreseen, and where there is no plan to foresee by, by what other drains hold alone.</summary>
internal sealed class DrainDesk(TimeProvider clock, DrainRules? rules = null, DrainForesight? foresight = null)
{
    /// <summary>Judges a drain upon a configuration.</summary>
    public DrainVerdict Judge(Configuration present, DrainTarget target, DateTimeOffset from, DateTimeOffset until)
    {
        ImmutableArray<int> nodes = DrainTargets.Resolve(present.Fleet, target);
        if (foresight?.Look(present, nodes, from, until) is { } outlook) return new DrainVerdict(outlook, outlook.Refusals);

        bool[] others = new bool[present.Fleet.Nodes.Length], taken = new bool[present.Fleet.Nodes.Length];
        DateTimeOffset now = clock.GetUtcNow();
        foreach (Drain drain in present.Drains)
        {
            if (drain.ExpiresAt <= now) continue;
            foreach (int node in DrainTargets.Resolve(present.Fleet, drain.Target)) others[node] = true;
        }
        foreach (int node in nodes) taken[node] = true;
        return new DrainVerdict(null, [.. RegionGuard.Judge(present.Fleet, others, taken, rules ?? DrainRules.Default).DistinctBy(refusal => refusal.Kind)]);
    }
}
