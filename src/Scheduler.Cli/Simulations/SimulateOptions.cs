using System.CommandLine;
using Scheduler.Cli.Rendering;
using Scheduler.Protocol.Documents;
using Scheduler.Simulator.Policies;
using Scheduler.Simulator.Scenarios;

namespace Scheduler.Cli.Simulations;

/// <summary>What the command line may say about a scenario: each option, where it is given, stands above the scenario's own word.</summary>
internal sealed class SimulateOptions
{
    /// <summary>A built-in scenario or a file; null when none was named.</summary>
    public Argument<string?> Scenario { get; } = new("SCENARIO")
    {
        Description = "A built-in scenario, or a file FILE.yaml; without one, the built-in scenarios are listed",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>List the built-in scenarios.</summary>
    public Option<bool> List { get; } = new("--list") { Description = "List the built-in scenarios" };

    /// <summary>Print the scenario as a file.</summary>
    public Option<bool> Print { get; } = new("--print") { Description = "Print a built-in scenario as YAML, to start one's own from; runs nothing" };

    /// <summary>Seed of all chance.</summary>
    public Option<int> Seed { get; } = NumberOption.WithDefault("--seed", "The same seed gives the same run, to the last bit", 1, 0, int.MaxValue);

    /// <summary>Where the page goes; null for none.</summary>
    public Option<string?> Report { get; } = new("--report")
    {
        Description = "Write a page of plots, a map and the policies side by side",
        HelpName = "FILE",
    };

    private readonly Option<string?> _policy = new("--policy")
    {
        Description = $"Who decides, several with commas: {string.Join(", ", PolicyNames.All)}, or all [default: the scenario's]",
        HelpName = "NAMES",
    };

    private readonly Option<int?> _replicas = NumberOption.Optional("--replicas", "Replicas that decide [default: the scenario's]", 1, 16);

    private readonly Option<string?> _routing = new("--routing") { Description = "Which replica a viewer reaches [default: the scenario's]" };

    private readonly Option<double?> _reportS = NumberOption.Optional("--report-period", "Seconds between two reports of a node [default: the scenario's]", 0.1, 60);

    private readonly Option<double?> _coldStreamMs = NumberOption.Optional(
        "--cold-stream-ms", "What the product charges a site that must pull the stream first [default: the scenario's]", 0.0, 1_000);

    private readonly Option<double?> _nearMs = NumberOption.Optional(
        "--near-ms", "Within how much of the best the product lets sites share viewers by their room [default: the scenario's]", 0.0, 100);

    private readonly Option<string?> _upstreams = new("--upstreams") { Description = "Who tells nodes from where to pull, in scenarios with publishers [default: the scenario's]" };

    /// <summary>The options as they are known to a command.</summary>
    public SimulateOptions()
    {
        _routing.AcceptOnlyFromAmong("random", "region-bound");
        _upstreams.AcceptOnlyFromAmong("scheduler", "nearest", "fixed");
        _policy.Validators.Add(result =>
        {
            foreach (string name in Names(result.Tokens.Count > 0 ? result.Tokens[^1].Value : ""))
                if (!PolicyNames.All.Contains(name))
                    result.AddError($"--policy: there is no '{name}'; there are {string.Join(", ", PolicyNames.All)}{NearestName.Hint(name, PolicyNames.All)}");
        });
    }

    /// <summary>Gives them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(Scenario);
        foreach (Option option in (Option[])[List, Print, _policy, Seed, _replicas, _routing, _reportS, _coldStreamMs, _nearMs, _upstreams, Report]) command.Options.Add(option);
    }

    /// <summary>The scenario as the command line wants it.</summary>
    public Scenario Apply(ParseResult parse, Scenario scenario) => scenario with
    {
        Policies = parse.GetValue(_policy) is { } policies ? [.. Names(policies)] : scenario.Policies,
        Replicas = parse.GetValue(_replicas) ?? scenario.Replicas,
        ReportS = parse.GetValue(_reportS) ?? scenario.ReportS,
        ColdStreamMs = parse.GetValue(_coldStreamMs) ?? scenario.ColdStreamMs,
        NearMs = parse.GetValue(_nearMs) ?? scenario.NearMs,
        Parents = parse.GetValue(_upstreams) switch
        {
            null => scenario.Parents,
            "scheduler" => ParentRule.Scheduler,
            "nearest" => ParentRule.Nearest,
            _ => ParentRule.Fixed,
        },
        Routing = parse.GetValue(_routing) switch
        {
            null => scenario.Routing,
            "random" => Routing.Random,
            _ => Routing.RegionBound,
        },
    };

    private static IEnumerable<string> Names(string policies) => policies == "all"
        ? PolicyNames.All
        : policies.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct();
}
