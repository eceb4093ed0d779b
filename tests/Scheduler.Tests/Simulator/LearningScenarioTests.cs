using Scheduler.Cli.Geo;
using Scheduler.Simulator;
using Scheduler.Simulator.Measures;
using Scheduler.Simulator.Scenarios;
using Scheduler.Simulator.Worlds;

namespace Scheduler.Tests.Simulator;

/// <summary>
/// Round-trip times that nobody knows at the start are learnt from players, liars among them or not. On live prices alone and without sharing: in so small a
/// world those cost more than what is learnt saves.
/// </summary>
public sealed class LearningScenarioTests
{
    private static readonly Scenario Unknown = new()
    {
        Name = "learning", Summary = "", DurationS = 700, MeasureFromS = 600, Sites = 30, Nodes = 60, Cells = 60, Sessions = 4_000, SessionS = 120,
        Streams = 200, Replicas = 1, Pressure = 0.6, ColdStreamMs = 0, NearMs = 0, KnowsRtts = false,
    };

    [CheckoutWorldFact]
    public void The_gap_falls_as_players_measure_and_a_tenth_of_liars_changes_little()
    {
        RunResult known = Play(Unknown with { KnowsRtts = true });
        RunResult learnt = Play(Unknown);
        RunResult lied = Play(Unknown with { Liars = 0.1 });
        double early = learnt.Samples.Where(s => s.AtS is > 60 and < 120).Average(s => s.Gap);
        double late = learnt.Samples.Where(s => s.AtS > 600).Average(s => s.Gap);
        double lateLied = lied.Samples.Where(s => s.AtS > 600).Average(s => s.Gap);
        double floor = known.Samples.Where(s => s.AtS > 600).Average(s => s.Gap);
        Assert.True(late - floor < 0.5 * (early - floor), $"early {early:0.0000}, late {late:0.0000}, with liars {lateLied:0.0000}, known {floor:0.0000}");
        Assert.True(lateLied - floor < 0.5 * (early - floor), $"early {early:0.0000}, late {late:0.0000}, with liars {lateLied:0.0000}, known {floor:0.0000}");
    }

    private static RunResult Play(Scenario scenario) =>
        new Simulation(WorldBuilder.Build(scenario, BundledData.ReadMap(), BundledData.ReadCities(), seed: 1), "no-plan", seed: 1).Run();
}
