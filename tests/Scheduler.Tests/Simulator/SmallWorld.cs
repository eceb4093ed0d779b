using System.Collections.Immutable;
using Scheduler.Cli.Geo;
using Scheduler.Core.Geo;
using Scheduler.Core.Topology;
using Scheduler.Simulator;
using Scheduler.Simulator.Measures;
using Scheduler.Simulator.Scenarios;
using Scheduler.Simulator.Worlds;

namespace Scheduler.Tests.Simulator;

/// <summary>A world that is played in a fraction of a second, on the bundled map.</summary>
internal static class SmallWorld
{
    private static readonly Lazy<(CellMap Map, ImmutableArray<City> Cities)> Bundled = new(() => (BundledData.ReadMap(), BundledData.ReadCities()));

    public static CellMap Map => Bundled.Value.Map;

    public static ImmutableArray<City> Cities => Bundled.Value.Cities;

    /// <summary>Some 2,000 viewers on 24 sites, a minute long; measured from the first moment.</summary>
    public static Scenario Scenario { get; } = new()
    {
        Name = "small", Summary = "", DurationS = 60, MeasureFromS = 0, Sites = 24, Nodes = 48, Cells = 80, Sessions = 2_000, SessionS = 60, Streams = 200,
        Replicas = 2,
    };

    public static World Build(Scenario scenario, int seed = 1) => WorldBuilder.Build(scenario, Map, Cities, seed);

    public static RunResult Play(Scenario scenario, string policy, int seed = 1) => new Simulation(Build(scenario, seed), policy, seed).Run();

    /// <summary>Plays under the eyes of an onlooker.</summary>
    public static RunResult Watch(Scenario scenario, string policy, Onlooker onlooker, int seed = 1)
    {
        World world = Build(scenario, seed);
        var simulation = new Simulation(world, policy, seed, onlooker.Beside);
        onlooker.Begin(world, simulation);
        return simulation.Run();
    }
}
