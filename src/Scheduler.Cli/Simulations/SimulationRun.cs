using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using Scheduler.Core.Geo;
using Scheduler.Core.Topology;
using Scheduler.Simulator;
using Scheduler.Simulator.Measures;
using Scheduler.Simulator.Scenarios;
using Scheduler.Simulator.Worlds;

namespace Scheduler.Cli.Simulations;

/// <summary>Plays every policy of a scenario, each in a world of its own and on one thread, as many at once as there are cores.</summary>
/// <param name="scenario">The scenario.</param>
/// <param name="map">The map of cells.</param>
/// <param name="cities">Where sites of a generated fleet may stand.</param>
/// <param name="seed">Seed of all chance.</param>
internal sealed class SimulationRun(Scenario scenario, CellMap map, ImmutableArray<City> cities, int seed)
{
    private readonly Lock _order = new();

    /// <summary>What is played.</summary>
    public Scenario Scenario => scenario;

    /// <summary>Seed of all chance.</summary>
    public int Seed => seed;

    /// <summary>Plays to the end.</summary>
    /// <param name="progress">Is told once a virtual second how far a policy is, by its position; from several threads.</param>
    /// <param name="finished">Takes each outcome in the order of the policies.</param>
    /// <param name="cancellation">Ends all runs.</param>
    public Task PlayAsync(
        Action<int, RunProgress> progress, Action<SimulationOutcome> finished, CancellationToken cancellation) => Task.Run(
        () =>
        {
            var outcomes = new SimulationOutcome?[scenario.Policies.Length];
            int told = 0;
            var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation };
            // Without buffering the policies begin in their order, so that the first result is not the last to come.
            var positions = Partitioner.Create(Enumerable.Range(0, outcomes.Length), EnumerablePartitionerOptions.NoBuffering);
            Parallel.ForEach(positions, options, position =>
            {
                SimulationOutcome outcome = Play(scenario.Policies[position], at => progress(position, at), cancellation);
                lock (_order)
                {
                    outcomes[position] = outcome;
                    while (told < outcomes.Length && outcomes[told] is { } next)
                    {
                        finished(next);
                        told++;
                    }
                }
            });
        },
        cancellation);

    private SimulationOutcome Play(string policy, Action<RunProgress> progress, CancellationToken cancellation)
    {
        long begin = Stopwatch.GetTimestamp(), measured = begin;
        var simulation = new Simulation(WorldBuilder.Build(scenario, map, cities, seed), policy, seed);
        RunResult result = simulation.Run(at =>
        {
            cancellation.ThrowIfCancellationRequested();
            if (at.AtS <= scenario.MeasureFromS) measured = Stopwatch.GetTimestamp();
            progress(at);
        });
        double seconds = Stopwatch.GetElapsedTime(measured).TotalSeconds;
        return new SimulationOutcome(result, Stopwatch.GetElapsedTime(begin), seconds > 0 ? result.Decisions / seconds : 0);
    }
}
