using System.Collections.Immutable;
using System.CommandLine;
using Scheduler.Cli.Geo;
using Scheduler.Core.Geo;
using Scheduler.Core.Topology;
using Scheduler.Protocol.Documents;
using Scheduler.Simulator.Files;
using Scheduler.Simulator.Reports;
using Scheduler.Simulator.Scenarios;
using Spectre.Console;

namespace Scheduler.Cli.Simulations;

/// <summary><c>scheduler simulate</c>: what would happen, on a virtual clock, with the production code or a rule it is compared with.</summary>
internal static class SimulateCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CliHost host, GlobalOptions globals)
    {
        var options = new SimulateOptions();
        var command = new Command("simulate", "Plays a scenario on a virtual clock and measures what the policies make of it");
        options.AddTo(command);
        command.Runs(host, globals, (context, cancellation) => RunAsync(context, options, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, SimulateOptions options, CancellationToken cancellation)
    {
        ParseResult parse = context.Parse;
        if (parse.GetValue(options.List) || parse.GetValue(options.Scenario) is not { } name)
        {
            if (parse.GetValue(options.Print) && !parse.GetValue(options.List)) return context.Fail("--print: name a built-in scenario; `scheduler simulate --list` shows them.");
            ScenarioList.Write(context);
            return ExitCode.Done;
        }
        Scenario? found = BuiltInScenarios.Find(name);
        if (parse.GetValue(options.Print))
        {
            if (found is null) return context.Fail($"--print: \"{name}\" is no built-in scenario{Hint(name)}");
            context.Host.Out.Write(ScenarioYaml.Write(found));
            return ExitCode.Done;
        }

        if (found is null && !IsFile(name))
            return context.Fail($"There is no scenario \"{name}\"{Hint(name)} `scheduler simulate --list` shows what there is; a name that ends in .yaml is a file.");
        CellMap map;
        ImmutableArray<City> cities;
        try
        {
            (map, cities) = (BundledData.ReadMap(), BundledData.ReadCities());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return context.Fail($"The geographic data cannot be read: {e.Message}");
        }

        int seed = parse.GetValue(options.Seed);
        if (found is null)
        {
            ScenarioReadResult read = ScenarioFile.Read(name, map, cities, seed);
            foreach (ScenarioProblem problem in read.Problems) context.Fail(Text(problem));
            if (!read.IsValid) return ExitCode.Failed;
            found = read.Scenario;
        }
        Scenario scenario = options.Apply(parse, found);
        bool isValid = true;
        // What the command line says may not fit what the scenario says: a partition of replica 3, say, and --replicas 2.
        ScenarioValidator.Validate(scenario, scenario.Fleet, (field, reason) =>
        {
            isValid = false;
            context.Fail($"{name}: with these options, {field}: {reason}");
        });
        if (!isValid) return ExitCode.Failed;
        ReportFile? report = null;
        if (parse.GetValue(options.Report) is { } path && (report = ReportFile.TryAt(context.Host.Directory, path, out string reason)) is null)
            return context.Fail(reason);
        return await PlayAsync(context, new SimulationRun(scenario, map, cities, seed), report, cancellation);
    }

    private static async Task<int> PlayAsync(CommandContext context, SimulationRun run, ReportFile? report, CancellationToken cancellation)
    {
        // One object a line, in the order of the policies, as soon as all before it are done.
        var outcomes = new List<SimulationOutcome>();
        void Take(SimulationOutcome outcome)
        {
            outcomes.Add(outcome);
            if (context.IsJson) context.Host.Out.WriteLine(ResultJson.Write(outcome.Result));
        }
        bool whole = true;
        try
        {
            await SimulationDisplay.ShowAsync(context, run, Take, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            whole = false;
        }
        if (!context.IsJson && outcomes.Count > 0) context.Console.Write(SimulationTable.Draw(run, [.. outcomes]));
        // Who stops a long comparison gets what was played by then, and no page that would look whole.
        if (!whole) return context.Fail($"Stopped: {outcomes.Count} of {run.Scenario.Policies.Length} policies were played to the end{(report is null ? "." : "; no report was written.")}");
        report?.Write([.. outcomes.Select(outcome => outcome.Result)], context.Host.Error);
        return ExitCode.Done;
    }

    private static bool IsFile(string name) => name.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith(".yml", StringComparison.OrdinalIgnoreCase) || name.Contains('/') || name.Contains('\\') || File.Exists(name);

    /// <summary>The end of a sentence: the name that was meant, where one is near.</summary>
    private static string Hint(string name) => NearestName.Hint(name, BuiltInScenarios.All.Select(scenario => scenario.Name)) is { Length: > 0 } hint ? hint : ".";

    private static string Text(ScenarioProblem problem)
    {
        string field = problem.Field.Length == 0 ? "file" : problem.Field;
        return FormattableString.Invariant($"{problem.File}:{problem.Line}:{problem.Column} {field}: {problem.Reason}");
    }
}
