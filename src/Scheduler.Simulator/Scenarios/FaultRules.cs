using System.Globalization;
using Scheduler.Core.Topology;
using Scheduler.Protocol.Documents;

namespace Scheduler.Simulator.Scenarios;

/// <summary>What must hold of a fault.</summary>
internal static class FaultRules
{
    /// <summary>Tells every problem of one fault.</summary>
    /// <param name="scenario">The scenario that it belongs to.</param>
    /// <param name="index">Its position among the faults.</param>
    /// <param name="fleet">The fleet; null when it is not known.</param>
    /// <param name="problem">Takes field and reason.</param>
    public static void Validate(Scenario scenario, int index, Fleet? fleet, Action<string, string> problem)
    {
        Fault fault = scenario.Faults[index];
        FaultShape shape = FaultShape.Of(fault.Kind);
        string path = Text($"faults[{index}]");
        if (!(fault.AtS >= 0 && fault.AtS < scenario.DurationS))
            problem(path + ".at", Text($"must be in [0, {scenario.DurationS}), before the end of the run"));
        if (fault.ForS is { } length && !(length > 0 && length <= ScenarioValidator.LongestS)) problem(path + ".for", "must be over 0");
        if (shape.MostFactor is { } most && !(fault.Factor > 0 && fault.Factor <= most)) problem(path + ".factor", Text($"must be a number in (0, {most:#,0}]"));
        if (!(fault.Share is > 0 and <= 1)) problem(path + ".share", "must be a number in (0, 1]");
        if (!(fault.RampS is 0 or (>= 5 and <= ScenarioValidator.LongestS))) problem(path + ".ramp", "must be 0, for at once, or at least 5 s");
        if (fault.DeadlineS is { } deadline && !(deadline > fault.RampS && deadline <= ScenarioValidator.LongestS)) problem(path + ".deadline", "must be after the ramp");
        if (TargetFault(scenario, fault, shape.Target, fleet) is { } wrong) problem(path + ".target", wrong);
        if (!shape.Adds && Overlapped(scenario, index) is { } other)
            problem(path, Text($"overlaps with faults[{other}], of the same kind at the same target: when one ended, what the other does would be undone"));
    }

    private static string? TargetFault(Scenario scenario, Fault fault, FaultTarget target, Fleet? fleet)
    {
        switch (target)
        {
            case FaultTarget.Replica when fault.Target is { } number:
                return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int replica) && replica >= 1 && replica <= scenario.Replicas
                    ? null
                    : Text($"must be the number of a replica, in [1, {scenario.Replicas}]");
            case FaultTarget.Site or FaultTarget.Idc when fleet is not null:
                SiteKind wanted = target == FaultTarget.Idc ? SiteKind.Idc : SiteKind.Pop;
                if (fault.Target is not { } id)
                    return fleet.Sites.Any(site => site.Kind == wanted) ? null : $"is required: the fleet has no {(wanted == SiteKind.Idc ? "IDC" : "PoP")} to take by itself";
                if (!fleet.TryFindSite(id, out int found)) return $"is no site of the fleet{NearestName.Hint(id, fleet.Sites.Select(site => site.Id))}";
                return target == FaultTarget.Idc && fleet.Sites[found].Kind != SiteKind.Idc ? "is a PoP; an IDC is lost here" : null;
            case FaultTarget.Link when !scenario.Publishers:
                return "is a link, which carries something only in a scenario with publishers";
            case FaultTarget.Link when fault.Target is { } link && fleet is not null:
                string[] ends = link.Split('<');
                return ends.Length == 2 && fleet.Links.Any(l => l.Pop == ends[0] && l.Idc == ends[1]) ? null : "is no link of the fleet; one is named TO<FROM, such as lon1<ams";
            default:
                return null;
        }
    }

    private static int? Overlapped(Scenario scenario, int index)
    {
        Fault fault = scenario.Faults[index];
        for (int i = 0; i < index; i++)
        {
            Fault other = scenario.Faults[i];
            if (other.Kind == fault.Kind && other.Target == fault.Target && other.AtS < EndOf(fault) && fault.AtS < EndOf(other)) return i;
        }
        return null;
    }

    private static double EndOf(Fault fault) => fault.AtS + (fault.ForS ?? double.PositiveInfinity);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
