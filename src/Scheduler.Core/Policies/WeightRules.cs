using System.Globalization;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Drains;
using Scheduler.Core.Topology;

namespace Scheduler.Core.Policies;

/// <summary>Rules for weights.</summary>
internal static class WeightRules
{
    public static void Check(PolicyWeights weights, string path, bool isClass, FleetProblems problems)
    {
        foreach ((string name, double value) in weights.Values)
        {
            PolicyWeight? weight = PolicyWeight.Find(name);
            if (weight is null) problems.Add($"{path}.{name}", "is no weight");
            else if (isClass && !weight.PerClass) problems.Add($"{path}.{name}", "is the same for all streams: set it under the policy's own weights");
            else if (!(value >= weight.Least && value <= weight.Most)) // so that NaN fails
                problems.Add($"{path}.{name}", string.Create(CultureInfo.InvariantCulture, $"must be in [{weight.Least}, {weight.Most}]"));
        }
        if (!isClass) CheckReceivers(weights, path, problems);
        if (isClass && weights.PriceCommits is not null) problems.Add($"{path}.price_commits", "is the same for all streams: set it under the policy's own weights");
    }

    /// <summary>A receiver that is well again at the mark at which it is full would stop and go with every session.</summary>
    private static void CheckReceivers(PolicyWeights weights, string path, FleetProblems problems)
    {
        const string Full = "receiver_full", Well = "receiver_well";
        if (!weights.Values.ContainsKey(Full) && !weights.Values.ContainsKey(Well)) return;
        ReceiverBounds bounds = weights.Over(DispatchPolicy.Default).Receivers;
        if (bounds.WellUtilisation < bounds.MostUtilisation) return;
        problems.Add(
            $"{path}.{(weights.Values.ContainsKey(Well) ? Well : Full)}",
            string.Create(CultureInfo.InvariantCulture, $"{Well} ({bounds.WellUtilisation}) must be under {Full} ({bounds.MostUtilisation})"));
    }
}
