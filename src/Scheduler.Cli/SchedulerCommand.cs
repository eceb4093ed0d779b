using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Scheduler.Cli.Audits;
using Scheduler.Cli.Bench;
using Scheduler.Cli.Clusters;
using Scheduler.Cli.Completion;
using Scheduler.Cli.Drains;
using Scheduler.Cli.Explanations;
using Scheduler.Cli.Fleets;
using Scheduler.Cli.Geo;
using Scheduler.Cli.Keys;
using Scheduler.Cli.Load;
using Scheduler.Cli.Overload;
using Scheduler.Cli.Plans;
using Scheduler.Cli.Policies;
using Scheduler.Cli.Revisions;
using Scheduler.Cli.Simulations;
using Scheduler.Cli.Sites;
using Scheduler.Cli.StoreFiles;
using Scheduler.Cli.Watching;
using Scheduler.Cli.Zones;

namespace Scheduler.Cli;

/// <summary>The <c>scheduler</c> command.</summary>
internal static class SchedulerCommand
{
    /// <summary>How long a command that was interrupted may take to end in good order: a cluster stops its processes, an audience says goodbye.</summary>
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(60);

    /// <summary>Builds the whole tree of commands.</summary>
    public static RootCommand Create(CliHost host)
    {
        var globals = new GlobalOptions();
        var root = new RootCommand(
            """
            Watches and steers a multi-IDC traffic scheduler for live streaming.

            Exit codes: 0 done; 1 refused, failed or unreachable; 2 the command line is wrong; 3 a guard refuses the drain.
            """)
        {
            globals.Url,
            globals.Key,
            globals.Json,
            StatusCommand.Create(host, globals),
            SitesCommand.Create(host, globals),
            DispatchCommand.Create(host, globals),
            ExplainCommand.Create(host, globals),
            FleetCommand.Create(host, globals),
            PolicyCommand.Create(host, globals),
            ZonesCommand.Create(host, globals),
            DrainCommand.Create(host, globals),
            WatchCommand.Create(host, globals),
            RevisionsCommand.Create(host, globals),
            DiffCommand.Create(host, globals),
            RollbackCommand.Create(host, globals),
            AuditCommand.Create(host, globals),
            StoreCommand.Create(host, globals),
            KeysCommand.Create(host, globals),
            GeoCommand.Create(globals),
            PlanCommand.Create(host, globals),
            BenchCommand.Create(host, globals),
            LoadCommand.Create(host, globals),
            OverloadCommand.Create(host, globals),
            ClusterCommand.Create(host, globals),
            SimulateCommand.Create(host, globals),
            CompletionCommand.Create(host),
        };
        return root;
    }

    /// <summary>Runs one command line.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, CliHost host)
    {
        ParseResult parse = Create(host).Parse(args);
        if (parse.Action is ParseErrorAction failure)
        {
            // The mistake on one line is worth more than a page of help that scrolls it away.
            failure.ShowHelp = false;
            failure.ShowTypoCorrections = true;
        }
        var configuration = new InvocationConfiguration { Output = host.Out, Error = host.Error, ProcessTerminationTimeout = LongestEnd };
        int code = await parse.InvokeAsync(configuration);
        if (parse.Errors.Count == 0) return code;
        host.Error.WriteLine($"`{PathOf(parse.CommandResult)} --help` shows what there is.");
        return ExitCode.Usage;
    }

    private static string PathOf(CommandResult command) => command.Parent is CommandResult parent
        ? $"{PathOf(parent)} {command.Command.Name}"
        : "scheduler";
}
