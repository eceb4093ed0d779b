using System.Collections.Immutable;
using Scheduler.Simulator.Policies.Rules;
using Scheduler.Simulator.Worlds;

namespace Scheduler.Simulator.Policies;

/// <summary>The policies that can be compared, by the name that <c>--policy</c> takes.</summary>
public static class PolicyNames
{
    /// <summary>The product.</summary>
    public const string Scheduler = "scheduler";

    /// <summary>The product without its planner, as it decides when nobody plans: by live load alone.</summary>
    public const string NoPlan = "no-plan";

    /// <summary>All of them: the product first, then the baselines.</summary>
    public static ImmutableArray<string> All { get; } =
        [Scheduler, NoPlan, "nearest", "geo-weighted", "waterfall", "least-loaded", "p2c", "stale-argmin", "price-only", "fractions-only"];

    /// <summary>Makes a policy.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    internal static IDispatchPolicy Make(string name, World world, ulong[] streamNames, VirtualClock clock, int seed)
    {
        if (name is Scheduler or NoPlan) return new SchedulerPolicy(world, streamNames, clock, plans: name == Scheduler);
        var near = new NearSites(world);
        var chance = new Chance(seed, Purposes.Policy);
        var demand = new HeldDemand(world);
        return new BaselinePolicy(world, name switch
        {
            "nearest" => new Nearest(near),
            "geo-weighted" => new GeoWeighted(near, chance),
            "waterfall" => new Waterfall(near),
            "least-loaded" => new LeastLoaded(near),
            "p2c" => new TwoChoices(near, chance),
            "stale-argmin" => new StaleArgmin(world, near),
            "price-only" => new PriceOnly(new TimedPlan(world, demand, PriceOnly.EveryMs)),
            "fractions-only" => new FractionsOnly(new TimedPlan(world, demand, FractionsOnly.EveryMs), chance),
            _ => throw new ArgumentException($"there is no policy \"{name}\"; there are {string.Join(", ", All)}", nameof(name)),
        }, demand);
    }
}
