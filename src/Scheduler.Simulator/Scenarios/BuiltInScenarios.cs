using System.Collections.Immutable;

namespace Scheduler.Simulator.Scenarios;

/// <summary>The scenarios that come with the program.</summary>
public static class BuiltInScenarios
{
    /// <summary>When the shock comes in those that have one, s.</summary>
    private const double ShockS = 120;

    private static readonly Scenario Steady = new()
    {
        Name = "steady",
        Summary = "300,000 sessions on 500 sites at 0.9 of their capacity; nothing goes wrong",
    };

    /// <summary>Arrivals grow to fifteen times for a minute in 2.5 % of the cells.</summary>
    private static readonly Fault Flash = new(FaultKind.Surge, ShockS, 60, Factor: 15, Share: 0.025);

    /// <summary>Publishers, pulls and links are there too, in the evening of where most viewers are.</summary>
    private static readonly Scenario Evening = Steady with { Name = "", Publishers = true, Pressure = 0.5, StartHour = 16, Upstreams = 8 };

    /// <summary>All of them, in the order in which they are listed.</summary>
    public static ImmutableArray<Scenario> All { get; } =
    [
        Steady,
        Steady with
        {
            Name = "fail-flash",
            Summary = "the largest PoP dies while arrivals in 2.5 % of the cells grow to fifteen times for a minute",
            Faults = [new(FaultKind.SiteLoss, ShockS), Flash],
        },
        Steady with
        {
            Name = "reports-lost",
            Summary = "no report reaches anybody for half a minute, while arrivals in 2.5 % of the cells are at fifteen times",
            Faults = [Flash, new(FaultKind.ReportLoss, ShockS + 10, 30)],
        },
        Steady with
        {
            Name = "replica-cut-off",
            Summary = "one replica of four hears nothing for a minute, while arrivals in 2.5 % of the cells are at fifteen times",
            Faults = [Flash, new(FaultKind.ReplicaPartition, ShockS + 10, 60)],
        },
        Steady with
        {
            Name = "saturated",
            Summary = "viewers come until no site has room, and go on coming: how full it gets, and whom it refuses",
            DurationS = 1_200, MeasureFromS = 60, Sites = 20, Nodes = 40, Cells = 300, Sessions = 100_000, SessionKbps = 3_000, Pressure = 1.4,
            Faults = [new(FaultKind.Surge, 60, Factor: 1.5)],
        },
        Steady with
        {
            Name = "storm",
            Summary = "the viewers of a quarter of the cells are cut off at once and all come back within five seconds",
            Faults = [new(FaultKind.ReconnectStorm, ShockS, Share: 0.25)],
        },
        Steady with
        {
            Name = "diurnal-day",
            Summary = "a day on 100 sites: the evening travels around the world, and bills are measured in slots of five minutes",
            DurationS = 86_400, MeasureFromS = 0, Sites = 100, Nodes = 200, Cells = 1_000, Sessions = 20_000, SessionKbps = 60_000,
            Pressure = 0.5, Diurnal = true, ReportS = 5, Replicas = 1, Streams = 5_000,
        },
        Steady with
        {
            Name = "cold-streams",
            Summary = "streams that few watch, each of which a site must pull before it can serve it",
            Zipf = 1, Streams = 20_000, DurationS = 900, MeasureFromS = 300,
        },
        Steady with
        {
            Name = "unknown-rtts",
            Summary = "round-trip times are to be learnt: it begins with the model by distance, and a tenth of the viewers tell nonsense",
            KnowsRtts = false, Liars = 0.1, DurationS = 900, MeasureFromS = 600,
        },
        Steady with
        {
            Name = "idc-loss",
            Summary = "the IDC that feeds the most PoPs is gone for three minutes, and with it the PoPs, which have no other",
            Faults = [new(FaultKind.IdcLoss, ShockS, 180)],
            Pressure = 0.8, Upstreams = 1,
        },
        Steady with
        {
            Name = "drain",
            Summary = "in the evening of the largest PoP an operator drains it, then the IDC that feeds the most, with the PoPs that have no other, both by a ramp",
            Faults = [new(FaultKind.Drain, ShockS, 360) { RampS = 60 }, new(FaultKind.IdcDrain, 540) { RampS = 120 }],
            DurationS = 1_200, Pressure = 0.5, Upstreams = 1, StartHour = 16,
        },
        Evening with
        {
            Name = "backhaul",
            Summary = "300,000 sessions of 20,000 streams that publishers send to 40 IDCs; nodes pull over links that cost and fill up; nothing goes wrong",
        },
        Evening with
        {
            Name = "link-cut",
            Summary = "in the evening the busiest link dies for three minutes, and its pulls go elsewhere",
            Faults = [new(FaultKind.LinkCut, ShockS, 180)],
        },
        Evening with
        {
            Name = "idc-drain",
            Summary = "in the evening an operator drains the busiest IDC by a ramp: publishers, pulls and viewers move",
            Faults = [new(FaultKind.IdcDrain, ShockS) { RampS = 120 }],
        },
    ];

    /// <summary>Finds one by name.</summary>
    public static Scenario? Find(string name) => All.FirstOrDefault(scenario => scenario.Name == name);
}
