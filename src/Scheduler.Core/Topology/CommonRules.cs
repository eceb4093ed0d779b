using System.Collections.Immutable;
using Scheduler.Core.Units;

namespace Scheduler.Core.Topology;

/// <summary>Rules that parts of a fleet share. Paths are built by the caller, who does so only when something is wrong.</summary>
internal static class CommonRules
{
    /// <summary>What an id must be, as a reason.</summary>
    public static string IdReason(int maxLength) =>
        $"must be 1 to {maxLength} characters of a-z, 0-9 and -, the first a letter or digit";

    /// <summary>What a name must be, as a reason.</summary>
    public static string NameReason { get; } =
        $"must be 1 to {FleetLimits.NameLength} characters without control characters, not blank at either end";

    /// <summary>Why a capacity is refused; null when it is not.</summary>
    public static string? CapacityFault(BitRate capacity, BitRate most) =>
        capacity.BitsPerSecond <= 0 ? "must be over 0"
        : capacity.BitsPerSecond > most.BitsPerSecond ? $"is {capacity}; the most is {most}"
        : null;

    /// <summary>Why a price is refused; null when it is not.</summary>
    public static string? PriceFault(double price) =>
        price is >= 0 and <= FleetLimits.Price ? null : $"must be a number in [0, {FleetLimits.Price:0}]";

    /// <summary>Checks a set of labels.</summary>
    /// <param name="labels">The labels.</param>
    /// <param name="problems">Where the problems go.</param>
    /// <param name="path">Path of the owner by its position; asked for only when something is wrong.</param>
    /// <param name="position">Position of the owner.</param>
    public static void CheckLabels(ImmutableSortedDictionary<string, string> labels, FleetProblems problems, Func<int, string> path, int position)
    {
        if (labels.Count > FleetLimits.Labels)
            problems.Add($"{path(position)}.labels", $"has {labels.Count} labels; the most is {FleetLimits.Labels}");
        foreach ((string key, string value) in labels)
        {
            if (!Labels.IsKey(key)) problems.Add($"{path(position)}.labels", $"has a key {FleetText.Quote(key)}; {KeyReason}");
            else if (!Labels.IsValue(value)) problems.Add($"{path(position)}.labels.{key}", ValueReason);
        }
    }

    private static string KeyReason { get; } =
        $"a key is 1 to {Labels.MaxLength} characters of a-z, 0-9, . _ / and -, the first and last a letter or digit";

    private static string ValueReason { get; } =
        $"must be 1 to {Labels.MaxLength} characters of letters, digits, . _ and -, the first and last a letter or digit";
}
