using System.CommandLine;
using System.Globalization;
using Scheduler.Cli.Rendering;

namespace Scheduler.Cli.Clusters;

/// <summary><c>scheduler cluster</c>: several replicas, their store and an audience on one machine, until Ctrl-C.</summary>
internal static class ClusterCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CliHost host, GlobalOptions globals)
    {
        Option<int> replicas = NumberOption.WithDefault("--replicas", "How many replicas", 3, 1, 9);
        Option<int> port = NumberOption.WithDefault("--port", "Port of the first replica; the others take the next ones, and their peer channels those after", 8080, 1, 65_000);
        Option<int> viewers = NumberOption.WithDefault("--viewers", "Viewers that are played, and nodes that report; 0 plays neither", 300, 0, 100_000);
        var directory = new Option<string>("--directory") { Description = "Where everything lies; used again by the next start", HelpName = "DIR", DefaultValueFactory = _ => "./data/cluster" };
        var server = new Option<string?>("--server") { Description = "The server's program or .dll [default: the one beside this command, or built in the same checkout]", HelpName = "PATH" };
        var command = new Command("cluster", "Runs PostgreSQL and several replicas on this machine, with viewers and nodes, until Ctrl-C") { replicas, port, viewers, directory, server };
        command.Runs(host, globals, async (context, cancellation) =>
        {
            ParseResult parse = context.Parse;
            var options = new ClusterOptions(
                parse.GetValue(replicas), parse.GetValue(port), Path.GetFullPath(Path.Combine(host.Directory, parse.GetValue(directory)!)), parse.GetValue(server), parse.GetValue(viewers));
            await using var run = new ClusterRun(options, line => host.Out.WriteLine(Format.Plain(line)), host.Time);
            try
            {
                await run.StartAsync(cancellation);
            }
            catch (ClusterException fault)
            {
                return context.Fail(fault.Message);
            }
            Tell(host.Out, run, options);
            await run.WatchAsync(cancellation);
            host.Out.WriteLine("stopping");
            return ExitCode.Done;
        });
        return command;
    }

    private static void Tell(TextWriter output, ClusterRun run, ClusterOptions options)
    {
        (string Name, LoggedProcess Process)[] replicas = [.. run.Replicas];
        for (int i = 0; i < replicas.Length; i++)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{replicas[i].Name}: {run.Urls[i]}, process {replicas[i].Process.Id}; log {replicas[i].Process.Log}"));
        output.WriteLine($"admin key: {run.AdminKeyFile}");
        if (options.Viewers > 0) output.WriteLine($"{Format.Count(options.Viewers)} viewers are played, and every node of the sample fleet; the first are assigned within 15 s");
        output.WriteLine();
        output.WriteLine("try next, in another terminal:");
        output.WriteLine($"  export SCHEDULER_KEY=$(cat {run.AdminKeyFile}) SCHEDULER_URL={run.Urls[^1]}");
        output.WriteLine("  scheduler status");
        output.WriteLine($"  scheduler load --targets {string.Join(',', run.Urls)} --viewers 1000 --duration 1m     # while it runs:");
        foreach ((string name, LoggedProcess process) in replicas) output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  kill -9 {process.Id}     # {name} dies; kill {process.Id} has it leave in order"));
        output.WriteLine("  scheduler drain start lon1 --local --reason \"try\" --for 10m --yes");
        output.WriteLine("Ctrl-C stops all.");
    }
}
