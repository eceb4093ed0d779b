using System.Collections.Immutable;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Scheduler.Cli.Geo;
using Scheduler.Cli.Rendering;
using Scheduler.Core.Geo;
using Scheduler.Core.Topology;
using Scheduler.Simulator;
using Scheduler.Simulator.Measures;
using Scheduler.Simulator.Policies;
using Scheduler.Simulator.Reports;
using Scheduler.Simulator.Scenarios;
using Scheduler.Simulator.Worlds;

namespace Scheduler.Cli.Simulations;

/// <summary><c>scheduler simulate</c>: what would happen, on a virtual clock, with the production code or a rule it is compared with.</summary>
internal static class SimulateCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CliHost host, GlobalOptions globals)
    {
        var scenario = new Argument<string>("SCENARIO")
        {
            Description = $"A built-in scenario ({string.Join(", ", BuiltInScenarios.All.Select(s => s.Name))})",
        };
        var policy = new Option<string>("--policy")
        {
            Description = $"Who decides, several with commas: {string.Join(", ", PolicyNames.All)}, or all",
            HelpName = "NAMES",
            DefaultValueFactory = _ => PolicyNames.Scheduler,
        };
        Option<int> seed = NumberOption.WithDefault("--seed", "The same seed gives the same run, to the last bit", 1, 0, int.MaxValue);
        Option<int> replicas = NumberOption.WithDefault("--replicas", "Replicas that decide; 0 for the scenario's", 0, 0, 16);
        var routing = new Option<string?>("--routing") { Description = "Which replica a viewer reaches [default: the scenario's]" };
        routing.AcceptOnlyFromAmong("random", "region-bound");
        Option<double> report = NumberOption.WithDefault("--report-period", "Seconds between two reports of a node; 0 for the scenario's", 0.0, 0, 60);
        Option<double> kappa = NumberOption.WithDefault("--cold-stream-ms", "What the product charges a site that must pull the stream first; -1 for the scenario's", -1.0, -1, 1_000);
        var page = new Option<string?>("--report") { Description = "Writes a page of plots, a map and the policies side by side", HelpName = "FILE" };
        var command = new Command("simulate", "Plays a scenario on a virtual clock and measures what the policies make of it")
        {
            scenario, policy, seed, replicas, routing, report, kappa, page,
        };
        command.Runs(host, globals, (context, cancellation) =>
        {
            string name = context.Parse.GetRequiredValue(scenario);
            if (BuiltInScenarios.Find(name) is not { } found)
                return Task.FromResult(context.Fail($"There is no scenario \"{name}\"; there are {string.Join(", ", BuiltInScenarios.All.Select(s => s.Name))}."));
            found = found with
            {
                Replicas = context.Parse.GetValue(replicas) is > 0 and var r ? r : found.Replicas,
                ColdStreamMs = context.Parse.GetValue(kappa) is >= 0 and var k ? k : found.ColdStreamMs,
                ReportS = context.Parse.GetValue(report) is > 0 and var s ? s : found.ReportS,
                Routing = context.Parse.GetValue(routing) switch
                {
                    "random" => Routing.Random,
                    "region-bound" => Routing.RegionBound,
                    _ => found.Routing,
                },
            };
            string[] policies = context.Parse.GetValue(policy) is "all" or null ? [.. PolicyNames.All] : context.Parse.GetValue(policy)!.Split(',', StringSplitOptions.TrimEntries);
            if (policies.FirstOrDefault(p => !PolicyNames.All.Contains(p)) is { } unknown)
                return Task.FromResult(context.Fail($"--policy: there is no \"{unknown}\"; there are {string.Join(", ", PolicyNames.All)}."));
            ReportFile? file = null;
            if (context.Parse.GetValue(page) is { } path && (file = ReportFile.TryAt(context.Host.Directory, path, out string reason)) is null)
                return Task.FromResult(context.Fail(reason));
            return Task.FromResult(Run(context, found, policies, context.Parse.GetValue(seed), file, cancellation));
        });
        return command;
    }

    private static int Run(CommandContext context, Scenario scenario, string[] policies, int seed, ReportFile? report, CancellationToken cancellation)
    {
        CellMap map = BundledData.ReadMap();
        ImmutableArray<City> cities = BundledData.ReadCities();
        var results = new List<RunResult>();
        foreach (string policy in policies)
        {
            var watch = Stopwatch.StartNew();
            var simulation = new Simulation(WorldBuilder.Build(scenario, map, cities, seed), policy, seed);
            RunResult result = simulation.Run(progress =>
            {
                cancellation.ThrowIfCancellationRequested();
                if (context.Host.CanRedraw || progress.AtS % 60 == 0)
                {
                    context.Host.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
                        $"{policy}: {progress.AtS,6} of {progress.OfS} s, {progress.Live:#,0} viewers, fullest site {progress.PeakUtilisation:0.000}, {watch.Elapsed.TotalSeconds:0.0} s"));
                }
            });
            results.Add(result);
            context.Host.Out.WriteLine(ResultJson.Write(result));
            context.Host.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{policy}: {watch.Elapsed.TotalSeconds:0.0} s, {result.Decisions / watch.Elapsed.TotalSeconds:#,0} decisions/s"));
        }
        report?.Write(results, context.Host.Error);
        return ExitCode.Done;
    }
}
