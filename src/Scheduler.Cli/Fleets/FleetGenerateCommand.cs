using System.Collections.Immutable;
using System.CommandLine;
using System.Text;
using Scheduler.Cli.Geo;
using Scheduler.Cli.Rendering;
using Scheduler.Core.Topology;
using Scheduler.Protocol.Fleets;

namespace Scheduler.Cli.Fleets;

/// <summary><c>scheduler fleet generate</c>: a fleet of any size on the bundled cities, to try the scheduler at scale. Calls no scheduler.</summary>
internal static class FleetGenerateCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CliHost host, GlobalOptions globals)
    {
        Option<int> sites = NumberOption.Required("--sites", "Sites, IDCs included", 1, FleetLimits.Sites);
        Option<int> nodes = NumberOption.Required("--nodes", "Nodes, at least one a site", 1, FleetLimits.Nodes);
        Option<int> seed = NumberOption.WithDefault("--seed", "The same seed gives the same fleet", 1, 0, int.MaxValue);
        var format = new Option<string>("--format") { Description = "Form of the document", DefaultValueFactory = _ => "yaml" };
        format.AcceptOnlyFromAmong("yaml", "json");
        var command = new Command("generate", "Prints a made-up fleet on real cities, to try the scheduler at scale") { sites, nodes, seed, format };
        command.SetAction(parse => Run(
            host, parse.GetValue(sites), parse.GetValue(nodes), parse.GetValue(seed), parse.GetValue(globals.Json) || parse.GetValue(format) == "json"));
        return command;
    }

    private static int Run(CliHost host, int sites, int nodes, int seed, bool asJson)
    {
        if (nodes < sites)
        {
            host.Error.WriteLine($"--nodes: {nodes} are too few; each of the {sites} sites has at least one.");
            return ExitCode.Usage;
        }

        ImmutableArray<City> cities;
        try
        {
            cities = BundledData.ReadCities();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            host.Error.WriteLine($"The list of cities cannot be read: {e.Message}");
            return ExitCode.Failed;
        }

        Fleet fleet = FleetGenerator.Generate(sites, nodes, cities, seed);
        host.Out.Write(asJson ? Encoding.UTF8.GetString(FleetJson.Write(fleet)) + "\n" : FleetYaml.Write(fleet));
        return ExitCode.Done;
    }
}
