using System.Globalization;
using Scheduler.Core.Topology;
using Scheduler.Protocol.Documents;
using Scheduler.Simulator.Policies;

namespace Scheduler.Simulator.Scenarios;

/// <summary>Finds everything that is wrong with a scenario before it is run.</summary>
public static class ScenarioValidator
{
    /// <summary>Longest run, s: a week.</summary>
    public const double LongestS = 7 * 86_400;

    /// <summary>Most sites of a generated fleet: so many cities lie far enough apart.</summary>
    public const int MostSites = 1_000;

    /// <summary>Most sessions at once.</summary>
    public const int MostSessions = 2_000_000;

    private const int MostNodes = 20_000;
    private const int MostFaults = 1_000;

    /// <summary>Tells every problem.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="fleet">The fleet that it will have; null when that is not known, and targets can not be looked up.</param>
    /// <param name="problem">Takes field and reason: paths as in a scenario file, reasons of one sentence without a full stop.</param>
    public static void Validate(Scenario scenario, Fleet? fleet, Action<string, string> problem)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(problem);
        Within("duration", scenario.DurationS, 1, LongestS);
        if (scenario.DurationS > 0 && !(scenario.MeasureFromS >= 0 && scenario.MeasureFromS < scenario.DurationS))
            problem("measure_from", Text($"must be in [0, {scenario.DurationS}), before the end"));
        if (scenario.Fleet is null)
        {
            Within("sites", scenario.Sites, 1, MostSites);
            Within("nodes", scenario.Nodes, Math.Min(scenario.Sites, MostSites), MostNodes);
            Within("upstreams", scenario.Upstreams, 1, scenario.Publishers ? 8 : 2);
            if (!(scenario.LinkPressure is > 0 and <= 2)) problem("link_pressure", "must be a number in (0, 2]");
            if (!(scenario.Pressure is > 0 and <= 2)) problem("pressure", "must be a number in (0, 2]");
        }
        else if (!scenario.Fleet.Nodes.Any(node => node.Roles.HasFlag(NodeRoles.Edge)))
        {
            problem("fleet", "has no node that serves viewers: none has the role edge");
        }
        Within("cells", scenario.Cells, 1, 100_000);
        Within("sessions", scenario.Sessions, 1, MostSessions);
        Within("session_bps", scenario.SessionKbps * 1e3, 1e3, 1e9);
        double demanded = scenario.Demand.Sum(cell => cell.Mbps) * 1e3 / Math.Max(1, scenario.SessionKbps);
        if (demanded > MostSessions)
            problem("demand", Text($"asks for {demanded:#,0} sessions of {scenario.SessionKbps} kbit/s; the most is {MostSessions:#,0}: give them more weight by session_bps"));
        Within("session_length", scenario.SessionS, 1, 86_400);
        Within("session_sigma", scenario.SessionSigma, 0, 3);
        Within("stream_bps", scenario.StreamKbps * 1e3, 1e3, 1e9);
        Within("streams", scenario.Streams, 1, 1_000_000);
        Within("zipf", scenario.Zipf, 0, 4);
        if (!(scenario.StartHour is >= 0 and < 24)) problem("start_hour", "must be a number in [0, 24)");
        Within("replicas", scenario.Replicas, 1, 16);
        Within("report_period", scenario.ReportS, 0.1, 60);
        Within("cold_stream_ms", scenario.ColdStreamMs, 0, 1_000);
        Within("near_ms", scenario.NearMs, 0, 100);
        Within("liars", scenario.Liars, 0, 1);
        ValidatePolicies(scenario, problem);
        if (scenario.Publishers) ValidatePublishers(scenario, problem);
        if (scenario.Faults.Length > MostFaults) problem("faults", Text($"are {scenario.Faults.Length}; the most is {MostFaults}"));
        for (int i = 0; i < Math.Min(MostFaults, scenario.Faults.Length); i++) FaultRules.Validate(scenario, i, fleet, problem);

        void Within(string field, double value, double least, double most)
        {
            if (!(value >= least && value <= most)) problem(field, Text($"must be a number in [{least:#,0.###}, {most:#,0.###}]"));
        }
    }

    private static void ValidatePolicies(Scenario scenario, Action<string, string> problem)
    {
        if (scenario.Policies.IsEmpty) problem("policies", "must name at least one policy");
        for (int i = 0; i < scenario.Policies.Length; i++)
        {
            string name = scenario.Policies[i];
            if (!PolicyNames.All.Contains(name))
                problem(Text($"policies[{i}]"), $"must be one of {string.Join(", ", PolicyNames.All)}{NearestName.Hint(name, PolicyNames.All)}");
            else if (scenario.Policies.IndexOf(name) < i) problem(Text($"policies[{i}]"), "is named twice");
        }
    }

    private static void ValidatePublishers(Scenario scenario, Action<string, string> problem)
    {
        foreach (string policy in scenario.Policies.Where(policy => PolicyNames.All.Contains(policy) && policy is not (PolicyNames.Scheduler or PolicyNames.NoPlan)))
            problem("publishers", $"needs the product to tell nodes from where to pull, and policy {policy} is another");
        if (scenario.Fleet is { } fleet && !fleet.Nodes.Any(node => (node.Roles & (NodeRoles.Edge | NodeRoles.Ingest)) == (NodeRoles.Edge | NodeRoles.Ingest)))
            problem("publishers", "needs a fleet with IDC nodes that have both roles, edge and ingest: nodes without the role edge are not simulated");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
