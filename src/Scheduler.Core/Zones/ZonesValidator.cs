using System.Collections.Immutable;
using Scheduler.Core.Policies;
using Scheduler.Core.Topology;

namespace Scheduler.Core.Zones;

/// <summary>Checks zones, by themselves and against the policy whose classes they name; every problem at once. Pure.</summary>
public static class ZonesValidator
{
    /// <summary>Every problem of the zones, up to <see cref="FleetProblems.Limit"/> and then a closing count; empty when they are valid.</summary>
    /// <param name="zones">The zones.</param>
    /// <param name="policy">The policy whose classes they name; null when it is not known, and then the names are not looked for.</param>
    public static ImmutableArray<FleetProblem> Validate(ZoneSet zones, Policy? policy)
    {
        var problems = new FleetProblems();
        Validate(zones, policy, problems);
        return problems.ToImmutable();
    }

    /// <summary>Adds every problem of the zones to a list.</summary>
    /// <param name="zones">The zones.</param>
    /// <param name="policy">As above.</param>
    /// <param name="problems">Where the problems go, with paths into the document.</param>
    public static void Validate(ZoneSet zones, Policy? policy, FleetProblems problems)
    {
        ArgumentNullException.ThrowIfNull(zones);
        ArgumentNullException.ThrowIfNull(problems);
        if (zones.Zones.Length > ZoneLimits.Zones) problems.Add("zones", $"has {zones.Zones.Length} entries; the most is {ZoneLimits.Zones}");
        var origins = new Dictionary<DomainName, int>();
        for (int i = 0; i < Math.Min(zones.Zones.Length, ZoneLimits.Zones); i++)
        {
            if (OriginOf(zones.Zones[i].Origin, out string? fault) is not { } origin) problems.Add($"zones[{i}].origin", fault!);
            else if (!origins.TryAdd(origin, i)) problems.Add($"zones[{i}].origin", $"is the name of zones[{origins[origin]}] too");
        }
        foreach ((DomainName origin, int index) in origins)
            new ZoneRules(zones.Zones[index], origin, $"zones[{index}]", origins.Keys, policy, problems).Check();
    }

    /// <summary>The name of a zone, which is always whole, with a dot at its end or without.</summary>
    /// <param name="text">The text.</param>
    /// <param name="fault">What is wrong; null when nothing is.</param>
    internal static DomainName? OriginOf(string text, out string? fault)
    {
        if (!DomainName.TryParse(text is "@" or "" ? "-." : text, DomainName.Root, out DomainName? origin, out fault)) return null;
        fault = origin.Labels == 0 || origin.IsWildcard || text is "@" or "" ? "must be the name of a zone, such as live.example.com" : null;
        return fault is null ? origin : null;
    }
}
