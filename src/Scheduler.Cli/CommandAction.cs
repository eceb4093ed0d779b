using System.CommandLine;

namespace Scheduler.Cli;

/// <summary>Gives commands their work: the one place that resolves the global options.</summary>
internal static class CommandAction
{
    /// <summary>Sets what a command does.</summary>
    /// <param name="command">The command.</param>
    /// <param name="host">Its surroundings.</param>
    /// <param name="globals">The options of every command.</param>
    /// <param name="action">The work; gives the exit code.</param>
    public static void Runs(
        this Command command, CliHost host, GlobalOptions globals, Func<CommandContext, CancellationToken, Task<int>> action) =>
        command.SetAction(async (parse, cancellation) =>
        {
            (Uri? url, string? problem) = globals.ResolveUrl(parse, host.Variable);
            if (url is null)
            {
                host.Error.WriteLine(problem);
                return ExitCode.Usage;
            }
            string? key = parse.GetValue(globals.Key) ?? host.Variable(GlobalOptions.KeyVariable) ?? KeyFile.Read(host.Directory, url);
            if (key is not null && key.Any(c => c is <= ' ' or > '~'))
            {
                host.Error.WriteLine("--key: an API key has no blanks and no characters outside ASCII.");
                return ExitCode.Usage;
            }
            using var context = new CommandContext(host, parse, url, key, parse.GetValue(globals.Json));
            try
            {
                return await action(context, cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return ExitCode.Failed;
            }
        });
}
