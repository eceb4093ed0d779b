using System.Collections.Immutable;
using Scheduler.Simulator.Scenarios;

namespace Scheduler.Simulator.Reports;

/// <summary>A fault as the page tells it.</summary>
/// <param name="Number">From 1, in the order in which they come.</param>
/// <param name="FromS">When it begins, s.</param>
/// <param name="ToS">When it is over, s: the end of the run for one that lasts, and the beginning for one of a moment.</param>
/// <param name="When">The time in words.</param>
/// <param name="What">What happens, in words.</param>
internal sealed record FaultSpan(int Number, double FromS, double ToS, string When, string What)
{
    /// <summary>The faults of a scenario that come before it ends, in the order in which they come.</summary>
    public static ImmutableArray<FaultSpan> Of(Scenario scenario) =>
    [
        .. scenario.Faults.Where(fault => fault.AtS < scenario.DurationS).OrderBy(fault => fault.AtS)
            .Select((fault, i) => new FaultSpan(i + 1, fault.AtS, EndOf(fault, scenario.DurationS), WhenOf(fault), Describe(fault))),
    ];

    /// <summary>What a fault does, in words.</summary>
    public static string Describe(Fault fault)
    {
        string site = fault.Target is { } id ? $"site {id}" : "the largest PoP";
        string times = $"{Quantity.Plain(fault.Factor)} times", cells = $"{Quantity.Plain(fault.Share * 100)} % of the cells";
        return fault.Kind switch
        {
            FaultKind.SiteLoss => $"{site} dies",
            FaultKind.IdcLoss => $"{(fault.Target is { } idc ? $"IDC {idc}" : "the IDC that feeds the most PoPs")} dies, and with it every PoP that has no other",
            FaultKind.CapacityCut => $"{site} can carry {times} what it could, and says so",
            FaultKind.ReportLoss => "no report reaches any replica",
            FaultKind.ReplicaPartition => $"no report reaches replica {fault.Target ?? "1"}",
            FaultKind.LyingReports => $"{site} reports {times} the capacity that it has",
            FaultKind.RttChange => $"round-trip times to {site} become {times} what they were",
            FaultKind.Surge => $"arrivals become {times} what they were in {cells}",
            FaultKind.ReconnectStorm => $"the viewers of {cells} are cut off and come back within seconds",
            FaultKind.Drain => $"{site} is drained{Pace(fault)}",
            FaultKind.IdcDrain => $"{(fault.Target is { } closed ? $"IDC {closed}" : "the IDC that feeds the most PoPs")} is drained{Pace(fault)}, and with it every PoP that has no other",
            FaultKind.LinkCut => $"{(fault.Target is { } link ? $"link {link}" : "the busiest link")} carries nothing",
            _ => throw new ArgumentOutOfRangeException(nameof(fault), fault.Kind, "no such fault"),
        };
    }

    private static string Pace(Fault fault) =>
        (fault.RampS > 0 ? $" over {Quantity.Seconds(fault.RampS)}" : "") + (fault.DeadlineS is { } deadline ? $", to be empty after {Quantity.Seconds(deadline)}" : "");

    private static bool IsOfAMoment(Fault fault) => fault.Kind == FaultKind.ReconnectStorm;

    private static double EndOf(Fault fault, double durationS) =>
        IsOfAMoment(fault) ? fault.AtS : Math.Min(durationS, fault.ForS is { } length ? fault.AtS + length : durationS);

    private static string WhenOf(Fault fault) => (IsOfAMoment(fault), fault.ForS) switch
    {
        (true, _) => $"at {Quantity.Seconds(fault.AtS)}",
        (_, { } length) => $"at {Quantity.Seconds(fault.AtS)}, for {Quantity.Seconds(length)}",
        _ => $"from {Quantity.Seconds(fault.AtS)} on",
    };
}
