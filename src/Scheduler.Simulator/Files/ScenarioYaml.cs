using System.Globalization;
using System.Text;
using Scheduler.Core.Units;
using Scheduler.Protocol.Documents;
using Scheduler.Simulator.Scenarios;

namespace Scheduler.Simulator.Files;

/// <summary>Writes scenarios as files that <see cref="ScenarioFile"/> reads: where operators start from.</summary>
public static class ScenarioYaml
{
    /// <summary>Writes a scenario with every field; what is written reads back as the same scenario.</summary>
    /// <param name="scenario">A valid scenario whose fleet is generated and whose demand follows the population.</param>
    /// <exception cref="ArgumentException">The scenario has a fleet or a demand of its own, which lie in files of their own.</exception>
    public static string Write(Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        if (scenario.Fleet is not null || !scenario.Demand.IsEmpty)
            throw new ArgumentException("a fleet or a demand of its own lies in a file of its own", nameof(scenario));
        var yaml = new StringBuilder();
        Line("name", YamlText.Of(scenario.Name));
        Line("summary", YamlText.Of(scenario.Summary));
        Line("policies", $"[{string.Join(", ", scenario.Policies)}]", "or several, side by side");
        Line("duration", Seconds(scenario.DurationS), "seconds, or 90s, 5m, 1h30m");
        Line("measure_from", Seconds(scenario.MeasureFromS));
        yaml.Append("\n# The fleet: a fleet of your own by `fleet: FILE` in place of these four.\n");
        Line("sites", Text(scenario.Sites));
        Line("nodes", Text(scenario.Nodes));
        Line("upstreams", Text(scenario.Upstreams), "IDCs that a PoP can pull from");
        Line("pressure", Text(scenario.Pressure), "demand over capacity at the busiest hour");
        yaml.Append("\n# The viewers: a demand of your own by `demand: FILE.csv` in place of cells and sessions.\n");
        Line("cells", Text(scenario.Cells));
        Line("sessions", Text(scenario.Sessions));
        Line("session_bps", BitRateText.Format(BitRate.FromKbps(scenario.SessionKbps)));
        Line("session_length", Seconds(scenario.SessionS));
        Line("session_sigma", Text(scenario.SessionSigma));
        Line("streams", Text(scenario.Streams));
        Line("zipf", Text(scenario.Zipf));
        Line("start_hour", Text(scenario.StartHour), "UTC");
        Line("diurnal", scenario.Diurnal ? "true" : "false");
        yaml.Append("\n# The scheduler.\n");
        Line("replicas", Text(scenario.Replicas));
        Line("routing", ScenarioWords.Routings.One(scenario.Routing), "or " + ScenarioWords.Routings.Known.First(word => word != ScenarioWords.Routings.One(scenario.Routing)));
        Line("report_period", Seconds(scenario.ReportS));
        Line("cold_stream_ms", Text(scenario.ColdStreamMs));
        Line("near_ms", Text(scenario.NearMs));
        Line("knows_rtts", scenario.KnowsRtts ? "true" : "false");
        Line("liars", Text(scenario.Liars));
        yaml.Append("\n# What is behind the edge: publishers, pulls and links.\n");
        Line("publishers", scenario.Publishers ? "true" : "false");
        Line("stream_bps", BitRateText.Format(BitRate.FromKbps(scenario.StreamKbps)));
        Line("link_pressure", Text(scenario.LinkPressure), "what a PoP pulls over what one of its links carries");
        Line("parents", ScenarioWords.Parents.One(scenario.Parents), "or " + string.Join(", ", ScenarioWords.Parents.Known.Where(word => word != ScenarioWords.Parents.One(scenario.Parents))));
        yaml.Append("\n# What goes wrong.\n").Append(scenario.Faults.IsEmpty ? "faults: []\n" : "faults:\n");
        foreach (Fault fault in scenario.Faults) yaml.Append("  - ").Append(Flow(fault)).Append('\n');
        return yaml.ToString();

        void Line(string name, string value, string? comment = null) =>
            yaml.Append(name).Append(": ").Append(value).Append(comment is null ? "" : $" # {comment}").Append('\n');
    }

    private static string Flow(Fault fault)
    {
        FaultShape shape = FaultShape.Of(fault.Kind);
        var flow = new StringBuilder();
        flow.Append(CultureInfo.InvariantCulture, $"{{kind: {ScenarioWords.Faults.One(fault.Kind)}, at: {Seconds(fault.AtS)}");
        if (fault.ForS is { } length) flow.Append(", for: ").Append(Seconds(length));
        if (fault.Target is { } target) flow.Append(", target: ").Append(YamlText.Of(target));
        if (shape.MostFactor is not null) flow.Append(", factor: ").Append(Text(fault.Factor));
        if (shape.HasShare) flow.Append(", share: ").Append(Text(fault.Share));
        if (fault.RampS > 0) flow.Append(", ramp: ").Append(Seconds(fault.RampS));
        if (fault.DeadlineS is { } deadline) flow.Append(", deadline: ").Append(Seconds(deadline));
        return flow.Append('}').ToString();
    }

    private static string Seconds(double seconds) => Text(seconds);

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
