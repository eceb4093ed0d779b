using System.Collections.Immutable;

namespace Scheduler.State;

/// <summary>Permanent numbers, given by the store and never reused, in the order of the fleet's arrays.</summary>
/// <param name="Sites">One per site; at least 1.</param>
/// <param name="Nodes">One per node; at least 1.</param>
public sealed record FleetNumbers(ImmutableArray<int> Sites, ImmutableArray<int> Nodes)
{
    /// <summary>Numbers for a fleet that is not stored: what the present one has keeps its own, what is new gets numbers from the top, which no store gives.</summary>
    /// <param name="present">The present configuration.</param>
    /// <param name="fleet">A valid fleet in canonical order.</param>
    internal static FleetNumbers Foresee(Configuration present, Core.Topology.Fleet fleet)
    {
        return new FleetNumbers(
            Of(present.Fleet.Sites.Select(site => site.Id), present.Numbers.Sites, fleet.Sites.Select(site => site.Id)),
            Of(present.Fleet.Nodes.Select(node => node.Id), present.Numbers.Nodes, fleet.Nodes.Select(node => node.Id)));

        static ImmutableArray<int> Of(IEnumerable<string> known, ImmutableArray<int> numbers, IEnumerable<string> names)
        {
            Dictionary<string, int> byName = known.Zip(numbers).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
            int next = int.MaxValue;
            return [.. names.Select(name => byName.TryGetValue(name, out int number) ? number : next--)];
        }
    }
}
