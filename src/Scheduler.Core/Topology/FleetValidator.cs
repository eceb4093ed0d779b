using System.Collections.Immutable;

namespace Scheduler.Core.Topology;

/// <summary>Checks a fleet; every problem at once. Pure, O(size of the fleet), allocates little while nothing is wrong.</summary>
public static class FleetValidator
{
    /// <summary>Every problem of a fleet, up to <see cref="FleetProblems.Limit"/> and then a closing count; empty when it is valid.</summary>
    /// <param name="fleet">The fleet, in any order.</param>
    /// <remarks>
    /// The path of a node is its place in a document that lists each site's nodes under the site, in the fleet's order; a node whose site
    /// is not in the fleet has none, and is <c>nodes[i]</c>.
    /// </remarks>
    public static ImmutableArray<FleetProblem> Validate(Fleet fleet)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        var problems = new FleetProblems();
        Validate(fleet, problems, new NodePaths(fleet).Of);
        return problems.ToImmutable();
    }

    /// <summary>Adds every problem of a fleet to a list.</summary>
    /// <param name="fleet">The fleet, in any order.</param>
    /// <param name="problems">Where the problems go.</param>
    /// <param name="nodePath">The path of a node in the caller's document, by its position in <see cref="Fleet.Nodes"/>.</param>
    public static void Validate(Fleet fleet, FleetProblems problems, Func<int, string> nodePath)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        ArgumentNullException.ThrowIfNull(problems);
        ArgumentNullException.ThrowIfNull(nodePath);

        var names = new FleetNames(fleet);
        CheckSizes(fleet, problems);
        MarketRules.Check(fleet, problems);
        SiteRules.Check(fleet, names, problems);
        new NodeRules(fleet, names, problems, nodePath).Check();
        LinkRules.Check(fleet, names, problems);
    }

    /// <summary>
    /// The same fleet in canonical order: regions and tariffs by id, sites by id, nodes by (site, id), links by (PoP, IDC), all ordinal.
    /// Upstreams keep their order: it is a preference.
    /// </summary>
    /// <param name="fleet">A fleet; meant for a valid one, though any can be ordered.</param>
    public static Fleet Canonical(Fleet fleet)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        StringComparer ordinal = StringComparer.Ordinal;
        return new Fleet(
            fleet.Regions.Sort((a, b) => ordinal.Compare(a.Id, b.Id)),
            fleet.Tariffs.Sort((a, b) => ordinal.Compare(a.Id, b.Id)),
            fleet.Sites.Sort((a, b) => ordinal.Compare(a.Id, b.Id)),
            fleet.Nodes.Sort((a, b) => ordinal.Compare(a.Site, b.Site) is int order and not 0 ? order : ordinal.Compare(a.Id, b.Id)),
            fleet.Links.Sort((a, b) => ordinal.Compare(a.Pop, b.Pop) is int order and not 0 ? order : ordinal.Compare(a.Idc, b.Idc)),
            fleet.Urls);
    }

    private static void CheckSizes(Fleet fleet, FleetProblems problems)
    {
        Check("regions", fleet.Regions.Length, FleetLimits.Regions);
        Check("tariffs", fleet.Tariffs.Length, FleetLimits.Tariffs);
        Check("sites", fleet.Sites.Length, FleetLimits.Sites);
        if (fleet.Nodes.Length > FleetLimits.Nodes) // nodes have no list of their own in the document
            problems.Add("sites", $"holds {fleet.Nodes.Length} nodes; a fleet has at most {FleetLimits.Nodes}");

        void Check(string field, int count, int most)
        {
            if (count > most) problems.Add(field, $"has {count} entries; a fleet has at most {most}");
        }
    }
}
