using System.Text;
using System.Text.Json;
using Scheduler.Simulator.Measures;
using Scheduler.Simulator.Scenarios;

namespace Scheduler.Simulator.Reports;

/// <summary>
/// The metrics of a run as one JSON object. Nothing in it depends on the machine or the hour: the same scenario, policy and seed give the same bytes.
/// </summary>
public static class ResultJson
{
    /// <summary>Writes the object, without a line break.</summary>
    public static string Write(RunResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("scenario", result.Scenario.Name);
            json.WriteString("policy", result.Policy);
            json.WriteNumber("seed", result.Seed);
            json.WriteNumber("replicas", result.Scenario.Replicas);
            json.WriteString("routing", result.Scenario.Routing == Scenarios.Routing.Random ? "random" : "region-bound");
            json.WriteNumber("virtual_s", result.Scenario.DurationS);
            json.WriteNumber("measured_from_s", result.Scenario.MeasureFromS);
            WriteSessions(json, result);
            Number(json, "gap", result.Gap, 6);
            Number(json, "cost", result.Cost, 1);
            Number(json, "lower_bound", result.LowerBound, 1);
            Write(json, "rtt_ms", result.Rtt);
            Write(json, "rtt_excess_ms", result.RttExcess);
            Number(json, "overload_site_s", result.OverloadSiteSeconds, 1);
            Number(json, "peak_utilisation", result.PeakUtilisation, 6);
            WriteTraffic(json, result);
            json.WriteStartObject("bill");
            Number(json, "flat", result.Bill.Flat, 1);
            Number(json, "percentile95", result.Bill.Percentile95, 1);
            Number(json, "total", result.Bill.Flat + result.Bill.Percentile95, 1);
            Number(json, "unused_commit_mbps", result.Bill.UnusedCommitMbps, 1);
            json.WriteEndObject();
            if (result.RecoveryS is { } recovery) Number(json, "recovery_s", recovery, 1);
            else json.WriteNull("recovery_s");
            if (!result.Drains.IsEmpty) WriteDrains(json, result);
            if (result.Backhaul is { } backhaul) Write(json, backhaul);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void WriteDrains(Utf8JsonWriter json, RunResult result)
    {
        json.WriteStartArray("drains");
        foreach (DrainResult drain in result.Drains)
        {
            json.WriteStartObject();
            Number(json, "from_s", drain.Fault.AtS, 1);
            json.WriteNumber("sites", drain.Sites);
            json.WriteNumber("sessions", drain.Sessions);
            NumberIfAny(json, "emptied_after_s", drain.EmptiedAfterS, 1);
            json.WriteNumber("migrated", drain.Migrated);
            NumberIfAny(json, "migrations_per_session", drain.MigrationsPerSession, 4);
            Number(json, "preview_cost_ms", drain.PreviewCost, 4);
            NumberIfAny(json, "cost_ms", drain.Cost, 4);
            Number(json, "preview_rtt_ms", drain.PreviewRttMs, 4);
            NumberIfAny(json, "rtt_ms", drain.RttMs, 4);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, BackhaulResult backhaul)
    {
        json.WriteStartObject("backhaul");
        json.WriteString("parents", ScenarioWords.Parents.One(backhaul.Parents));
        Number(json, "pulled_gbit", backhaul.PullGbit, 3);
        Number(json, "between_regions_gbit", backhaul.CrossingGbit, 3);
        Number(json, "between_idcs_gbit", backhaul.RelayGbit, 3);
        Number(json, "path_ms", backhaul.PathMs, 3);
        Number(json, "path_excess_ms", backhaul.PathExcessMs, 3);
        Number(json, "pulls_over_fewest", backhaul.PullsOverFewest, 4);
        Number(json, "overload_link_s", backhaul.OverloadLinkSeconds, 1);
        Number(json, "peak_link_utilisation", backhaul.PeakLinkUtilisation, 6);
        Number(json, "homeless_stream_s", backhaul.HomelessStreamSeconds, 1);
        json.WriteNumber("most_homeless", backhaul.MostHomeless);
        Number(json, "unfed_s", backhaul.UnfedSeconds, 1);
        json.WriteNumber("publishers", backhaul.Publishers);
        json.WriteNumber("publisher_moves", backhaul.PublisherMoves);
        NumberIfAny(json, "moves_per_publisher", backhaul.MovesPerPublisher, 4);
        json.WriteNumber("reparents", backhaul.Reparents);
        json.WriteNumber("loops", backhaul.Loops);
        json.WriteStartArray("drains");
        foreach (PullDrainResult drain in backhaul.Drains)
        {
            json.WriteStartObject();
            Number(json, "from_s", drain.Fault.AtS, 1);
            json.WriteNumber("publishers", drain.Publishers);
            NumberIfAny(json, "moves_per_publisher", drain.MovesPerPublisher, 4);
            json.WriteNumber("pulls", drain.Pulls);
            NumberIfAny(json, "publishers_left_after_s", drain.PublishersLeftAfterS, 0);
            NumberIfAny(json, "pulls_left_after_s", drain.PullsLeftAfterS, 0);
            NumberIfAny(json, "pulls_over_fewest", drain.PullsOverFewest, 4);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void NumberIfAny(Utf8JsonWriter json, string name, double? value, int digits)
    {
        if (value is { } number) Number(json, name, number, digits);
        else json.WriteNull(name);
    }

    private static void WriteSessions(Utf8JsonWriter json, RunResult result)
    {
        json.WriteStartObject("sessions");
        json.WriteNumber("arrived", result.Arrived);
        json.WriteNumber("ended", result.Ended);
        json.WriteNumber("refused", result.Lost);
        json.WriteNumber("live", result.Live);
        json.WriteEndObject();
        json.WriteNumber("decisions", result.Decisions);
        json.WriteNumber("refusals", result.Refusals);
        json.WriteNumber("refusals_with_room", result.RefusalsWithRoom);
        if (result.UsedAtRefusal is { } used) Number(json, "used_at_refusal", used, 6);
        else json.WriteNull("used_at_refusal");
        json.WriteNumber("spills", result.Spills);
        json.WriteNumber("migrations", result.Migrations);
    }

    private static void WriteTraffic(Utf8JsonWriter json, RunResult result)
    {
        json.WriteStartObject("traffic_gbit");
        Number(json, "assigned", result.AssignedGbit, 3);
        Number(json, "carried", result.CarriedGbit, 3);
        Number(json, "refused", result.OverflowGbit, 3);
        Number(json, "pulled", result.PulledGbit, 3);
        json.WriteEndObject();
        json.WriteNumber("pulls", result.Pulls);
    }

    private static void Write(Utf8JsonWriter json, string name, RttSummary rtt)
    {
        json.WriteStartObject(name);
        Number(json, "mean", rtt.Mean, 3);
        Number(json, "p50", rtt.P50, 2);
        Number(json, "p95", rtt.P95, 2);
        Number(json, "p99", rtt.P99, 2);
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, double value, int digits) => json.WriteNumber(name, Math.Round(value, digits));
}
