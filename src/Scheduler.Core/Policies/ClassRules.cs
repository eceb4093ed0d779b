using System.Collections.Immutable;
using Scheduler.Core.Topology;

namespace Scheduler.Core.Policies;

/// <summary>Rules for classes of streams.</summary>
internal static class ClassRules
{
    public static void Check(ImmutableArray<StreamClass> classes, Fleet? fleet, FleetProblems problems)
    {
        if (classes.Length > PolicyLimits.Classes) problems.Add("classes", $"has {classes.Length} entries; a policy has at most {PolicyLimits.Classes}");
        var ids = new UniqueText("id", StringComparer.Ordinal, classes.Length);
        var rules = new Dictionary<(string Pattern, string? Tenant), string>();
        int count = 0;
        for (int i = 0; i < Math.Min(classes.Length, PolicyLimits.Classes); i++)
        {
            StreamClass streams = classes[i];
            string path = $"classes[{i}]";
            if (!FleetText.IsId(streams.Id, PolicyLimits.IdLength)) problems.Add($"{path}.id", CommonRules.IdReason(PolicyLimits.IdLength));
            else if (streams.Id == StreamClassifier.Default) problems.Add($"{path}.id", "is the name of the class of all other streams; choose another one");
            else if (ids.Clash(streams.Id, i) is int first) problems.Add($"{path}.id", ids.Reason(streams.Id, $"classes[{first}]"));
            if (streams.Streams.IsEmpty && streams.Tenants.IsEmpty) problems.Add(path, "must say whose streams it is about: streams, tenants or both");
            for (int j = 0; j < streams.Streams.Length; j++)
                if (StreamPattern.FindFault(streams.Streams[j]) is string fault) problems.Add($"{path}.streams[{j}]", fault);
            for (int j = 0; j < streams.Tenants.Length; j++)
                if (!TenantName.IsValid(streams.Tenants[j])) problems.Add($"{path}.tenants[{j}]", TenantName.Reason);
            SelectorRules.CheckTwice(streams.Tenants, $"{path}.tenants", problems);
            CheckRules(streams, path, rules, problems);
            count += Math.Max(1, streams.Streams.Length) * Math.Max(1, streams.Tenants.Length);
            WeightRules.Check(streams.Weights, $"{path}.weights", isClass: true, problems);
            if (streams.Sites is { } sites) SelectorRules.Check(sites, $"{path}.sites", fleet, problems);
        }
        if (count > PolicyLimits.StreamRules)
            problems.Add("classes", $"have {count} rules, one for each pattern and tenant; the most is {PolicyLimits.StreamRules}");
    }

    /// <summary>No pattern may stand for two classes, or the order of the document would decide.</summary>
    private static void CheckRules(StreamClass streams, string path, Dictionary<(string Pattern, string? Tenant), string> rules, FleetProblems problems)
    {
        for (int j = 0; j < Math.Max(1, streams.Streams.Length); j++)
        {
            string pattern = streams.Streams.IsEmpty ? "*" : streams.Streams[j], field = streams.Streams.IsEmpty ? $"{path}.tenants" : $"{path}.streams[{j}]";
            for (int k = 0; k < Math.Max(1, streams.Tenants.Length); k++)
            {
                string? tenant = streams.Tenants.IsEmpty ? null : streams.Tenants[k];
                if (rules.TryAdd((pattern, tenant), field)) continue;
                problems.Add(field, $"claims the same streams as {rules[(pattern, tenant)]}");
                break;
            }
        }
    }
}
