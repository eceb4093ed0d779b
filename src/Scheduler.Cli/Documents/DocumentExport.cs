using System.CommandLine;
using System.Text;
using Scheduler.Cli.Admin;
using Scheduler.Client;

namespace Scheduler.Cli.Documents;

/// <summary>A command that prints a document of the configuration, or writes it to a file.</summary>
internal static class DocumentExport
{
    /// <summary>Builds the command.</summary>
    /// <param name="host">Where it runs.</param>
    /// <param name="globals">Options of every command.</param>
    /// <param name="verb">Its name.</param>
    /// <param name="what">The document, and its path below the admin API: <c>fleet</c>, <c>policy</c>.</param>
    public static Command Create(CliHost host, GlobalOptions globals, string verb, string what)
    {
        var format = new Option<string>("--format") { Description = "Form of the document", DefaultValueFactory = _ => "yaml" };
        format.AcceptOnlyFromAmong("yaml", "json");
        var output = new Option<string?>("--out", "-o") { Description = "Write to this file instead of standard output", HelpName = "FILE" };
        var command = new Command(verb, $"Prints the {what} as the scheduler has it") { format, output };
        command.Runs(host, globals, async (context, cancellation) =>
        {
            string form = context.IsJson ? "json" : context.Parse.GetValue(format)!;
            Result<ApiAnswer> answer = await context.Api.GetAsync($"v1/admin/{what}?format={form}", cancellation);
            if (!answer.IsOk) return context.Fail(answer.Problem);
            if (context.Parse.GetValue(output) is not { } path)
            {
                host.Out.Write(Encoding.UTF8.GetString(answer.Value.Body));
                return ExitCode.Done;
            }
            try
            {
                await File.WriteAllBytesAsync(Path.Combine(host.Directory, path), answer.Value.Body, cancellation);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return context.Fail($"{path}: {e.Message}");
            }
            host.Error.WriteLine($"Revision {answer.Value.ETag ?? "unknown"} written to {path}.");
            return ExitCode.Done;
        });
        return command;
    }
}
