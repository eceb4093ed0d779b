using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using Scheduler.Simulator.Files;
using Scheduler.Simulator.Measures;
using Scheduler.Simulator.Policies;
using Scheduler.Simulator.Reports;
using Scheduler.Simulator.Scenarios;
using Scheduler.Tests.Architecture;
using Scheduler.Tests.Storage;

namespace Scheduler.Tests.Simulator.Files;

public sealed class ScenarioFileTests : IDisposable
{
    private readonly ScratchDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [CheckoutWorldFact]
    public void Every_built_in_scenario_reads_back_as_it_was_printed()
    {
        foreach (Scenario scenario in BuiltInScenarios.All)
        {
            string printed = ScenarioYaml.Write(scenario);
            Scenario read = Valid(Write("scenario.yaml", printed));
            Assert.Equal(printed, ScenarioYaml.Write(read));
            Equal(scenario, read);
        }
    }

    [CheckoutWorldFact]
    public void Every_member_of_a_scenario_survives_being_written_and_read()
    {
        var other = new Scenario
        {
            Name = "other", Summary = "a: tricky # one", Policies = ["no-plan", PolicyNames.Scheduler], DurationS = 1_000.5, MeasureFromS = 12.25, Sites = 30, Nodes = 77,
            Upstreams = 1, Pressure = 1.25, Cells = 123, Sessions = 4_567, SessionKbps = 3_333, SessionS = 90.5, SessionSigma = 0.5, Streams = 99, Zipf = 0.8,
            StartHour = 19.5, Diurnal = true, Replicas = 7, Routing = Routing.RegionBound, ReportS = 2.5, ColdStreamMs = 3.5, NearMs = 1.5, KnowsRtts = false, Liars = 0.25,
            Publishers = true, StreamKbps = 2_500, LinkPressure = 0.6, Parents = ParentRule.Nearest,
            Faults =
            [
                .. Enum.GetValues<FaultKind>().Select((kind, i) => FaultShape.Of(kind) switch
                {
                    var shape => new Fault(
                        kind, i, shape.Lasts ? 10.5 : null, shape.Target == FaultTarget.Replica ? "2" : null, shape.MostFactor is null ? 1 : 0.25, shape.HasShare ? 0.5 : 1)
                    {
                        RampS = shape.Ramps ? 6.5 : 0,
                        DeadlineS = shape.Ramps ? 60.5 : null,
                    },
                }),
            ],
        };
        var standard = new Scenario { Name = "", Summary = "" };
        foreach (PropertyInfo property in Members())
            Assert.False(Equals(Show(property.GetValue(other)), Show(property.GetValue(standard))), $"{property.Name} is not put to the test");
        Equal(other, Valid(Write("other.yaml", ScenarioYaml.Write(other))));
    }

    [CheckoutWorldFact]
    public void What_is_left_out_has_its_default_and_lengths_may_have_units()
    {
        Scenario read = Valid(Write("short.yaml", "duration: 1h30m\nmeasure_from: 90s\nsession_bps: 3M\nfaults: [{kind: site-loss, at: 2m}]\n"));
        Assert.Equal(("short", 5_400.0, 90.0, 3_000), (read.Name, read.DurationS, read.MeasureFromS, read.SessionKbps));
        Assert.Equal(120, read.Faults[0].AtS);
        Assert.Null(read.Faults[0].ForS);
        Assert.Equal(PolicyNames.Scheduler, Assert.Single(read.Policies));
        Assert.Equal(500, read.Sites);
    }

    [CheckoutWorldTheory]
    [InlineData("nam: x", 1, 1, "nam", "is \"name\" meant?")]
    [InlineData("duration: soon", 1, 11, "duration", "90s, 5m")]
    [InlineData("duration: 0", 1, 11, "duration", "[1, 604,800]")]
    [InlineData("zipf: nan", 1, 7, "zipf", "must be a number")]
    [InlineData("zipf: -1", 1, 7, "zipf", "[0, 4]")]
    [InlineData("sessions: 2.5", 1, 11, "sessions", "whole number")]
    [InlineData("sessions: 0", 1, 11, "sessions", "[1, 2,000,000]")]
    [InlineData("nodes: 20", 1, 8, "nodes", "[500, 20,000]")]
    [InlineData("sites: 100000", 1, 8, "sites", "[1, 1,000]")]
    [InlineData("pressure: 0", 1, 11, "pressure", "(0, 2]")]
    [InlineData("start_hour: 24", 1, 13, "start_hour", "[0, 24)")]
    [InlineData("diurnal: maybe", 1, 10, "diurnal", "true or false")]
    [InlineData("routing: randum", 1, 10, "routing", "is \"random\" meant?")]
    [InlineData("replicas: 17", 1, 11, "replicas", "[1, 16]")]
    [InlineData("duration: 60\nmeasure_from: 60", 2, 15, "measure_from", "[0, 60)")]
    [InlineData("duration: 60\nduration: 70", 2, 1, "duration", "given twice")]
    [InlineData("policies: [nearst]", 1, 12, "policies[0]", "is \"nearest\" meant?")]
    [InlineData("policies: [p2c, p2c]", 1, 17, "policies[1]", "named twice")]
    [InlineData("policies: []", 1, 11, "policies", "at least one")]
    [InlineData("faults: [{kind: site-los, at: 1}]", 1, 17, "faults[0].kind", "is \"site-loss\" meant?")]
    [InlineData("faults: [{at: 1}]", 1, 10, "faults[0].kind", "is required")]
    [InlineData("faults: [{kind: null, at: 1}]", 1, 17, "faults[0].kind", "is required")]
    [InlineData("faults: [{kind: report-loss}]", 1, 10, "faults[0].at", "is required")]
    [InlineData("faults: [{kind: report-loss, at: 420}]", 1, 34, "faults[0].at", "before the end of the run")]
    [InlineData("faults: [{kind: report-loss, at: 1, for: 0}]", 1, 42, "faults[0].for", "over 0")]
    [InlineData("faults: [{kind: report-loss, at: 1, target: lon1}]", 1, 37, "faults[0].target", "no meaning for report-loss")]
    [InlineData("faults: [{kind: surge, at: 1}]", 1, 10, "faults[0].factor", "is required")]
    [InlineData("faults: [{kind: surge, at: 1, factor: -2}]", 1, 39, "faults[0].factor", "(0, 1,000]")]
    [InlineData("faults: [{kind: surge, at: 1, factor: 2, share: 2}]", 1, 49, "faults[0].share", "(0, 1]")]
    [InlineData("faults: [{kind: site-loss, at: 1, target: nowhere}]", 1, 43, "faults[0].target", "no site of the fleet")]
    [InlineData("faults: [{kind: replica-partition, at: 1, target: 9}]", 1, 51, "faults[0].target", "[1, 4]")]
    [InlineData("faults: [{kind: site-loss, at: 1, for: 9}, {kind: site-loss, at: 5}]", 1, 44, "faults[1]", "overlaps with faults[0]")]
    [InlineData("faults: [{kind: site-loss, at: 1, ramp: 60s}]", 1, 35, "faults[0].ramp", "no meaning for site-loss")]
    [InlineData("faults: [{kind: drain, at: 1, ramp: 2s}]", 1, 37, "faults[0].ramp", "at least 5 s")]
    [InlineData("faults: [{kind: drain, at: 1, ramp: 60s, deadline: 60s}]", 1, 52, "faults[0].deadline", "after the ramp")]
    [InlineData("faults: [7]", 1, 10, "faults[0]", "must be a mapping")]
    [InlineData("fleet: nowhere.yaml", 1, 8, "fleet", "is not there")]
    [InlineData("demand: nowhere.csv", 1, 9, "demand", "is not there")]
    [InlineData("[]", 1, 1, "", "must be a mapping")]
    [InlineData("a: b: c", 1, 5, "", "is not YAML")]
    public void A_fault_of_a_file_is_told_at_its_place(string yaml, int line, int column, string field, string reason)
    {
        string path = Write("bad.yaml", yaml);
        ScenarioProblem problem = Assert.Single(Read(path).Problems);
        Assert.Equal((path, line, column, field), (problem.File, problem.Line, problem.Column, problem.Field));
        Assert.Contains(reason, problem.Reason, StringComparison.Ordinal);
    }

    [CheckoutWorldFact]
    public void Problems_of_all_files_are_told_at_once()
    {
        Write("fleet.yaml", "regions: []\ntariffs: []\nsites: [{id: X!}]\n");
        Write("demand.csv", "cell,mbps\nNOPE,3\n");
        string path = Write("bad.yaml", "fleet: fleet.yaml\ndemand: demand.csv\nsites: 3\ncells: 4\nreplicas: 0\n");
        ImmutableArray<ScenarioProblem> problems = Read(path).Problems;
        Assert.Equal(["sites", "cells", "replicas"], problems.Where(p => p.File == path).Select(p => p.Field));
        Assert.Contains(problems, p => Path.GetFileName(p.File) == "fleet.yaml" && p.Line == 3);
        Assert.Contains(problems, p => Path.GetFileName(p.File) == "demand.csv" && p.Line == 2);
    }

    [CheckoutWorldFact]
    public void A_fleet_whose_nodes_serve_no_viewers_is_refused()
    {
        string sample = File.ReadAllText(Path.Combine(Checkout.Root!, "geo-data/fleet.sample.yaml"));
        Write("fleet.yaml", sample.Replace("roles: [edge, ingest, origin]", "roles: [ingest, origin]", StringComparison.Ordinal).Replace("roles: [edge]", "roles: [ingest]", StringComparison.Ordinal));
        ScenarioProblem problem = Assert.Single(Read(Write("a.yaml", "fleet: fleet.yaml\n")).Problems);
        Assert.Contains("none has the role edge", problem.Reason, StringComparison.Ordinal);
    }

    [CheckoutWorldFact]
    public void Overlapping_losses_of_one_kind_are_refused_only_at_one_target() => Valid(Write("a.yaml",
        "faults:\n  - {kind: site-loss, at: 1, for: 9}\n  - {kind: site-loss, at: 10, for: 9}\n  - {kind: surge, at: 1, factor: 2}\n  - {kind: surge, at: 2, factor: 2}\n"));

    [CheckoutFact]
    public void The_example_of_the_documents_runs_and_gives_the_same_twice()
    {
        Scenario example = Valid(Path.Combine(Checkout.Root!, "docs/examples/evening.yaml"));
        Assert.NotNull(example.Fleet);
        Assert.True(example.Demand.Length > 500);
        Scenario brief = example with { DurationS = 40, MeasureFromS = 10, SessionKbps = 2_000_000, Faults = [example.Faults[0] with { AtS = 20 }] };
        RunResult first = SmallWorld.Play(brief, PolicyNames.Scheduler), second = SmallWorld.Play(brief, PolicyNames.Scheduler);
        Assert.Equal(ResultJson.Write(first), ResultJson.Write(second));
        Assert.True(first.Decisions > 100);
        Assert.All(first.Samples, sample => Assert.True(sample.Gap > -1e-9));
        // Nodes that serve no viewers are filled by nobody, and count for nobody.
        Assert.All(first.Sites, site => Assert.True(site.MeanUtilisation < 1.5));
    }

    private static IEnumerable<PropertyInfo> Members() => typeof(Scenario).GetProperties()
        .Where(p => p.Name is not ("EqualityContract" or nameof(Scenario.Fleet) or nameof(Scenario.Demand)));

    private static void Equal(Scenario expected, Scenario actual)
    {
        foreach (PropertyInfo property in Members())
            Assert.True(Equals(Show(property.GetValue(expected)), Show(property.GetValue(actual))), $"{property.Name}: {Show(property.GetValue(actual))}");
    }

    private static string Show(object? value) => value switch
    {
        string text => text,
        System.Collections.IEnumerable items => string.Join("; ", items.Cast<object>()),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static ScenarioReadResult Read(string path) => ScenarioFile.Read(path, SmallWorld.Map, SmallWorld.Cities, seed: 1);

    private static Scenario Valid(string path)
    {
        ScenarioReadResult result = Read(path);
        Assert.Empty(result.Problems);
        return result.Scenario!;
    }

    private string Write(string name, string text)
    {
        string path = _folder.File(name);
        File.WriteAllText(path, text);
        return path;
    }
}
