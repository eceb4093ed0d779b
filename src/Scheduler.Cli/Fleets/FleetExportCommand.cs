using System.CommandLine;
using System.Text;
using Scheduler.Cli.Admin;
using Scheduler.Client;

namespace Scheduler.Cli.Fleets;

/// <summary><c>scheduler fleet export</c>: the fleet to standard output or to a file.</summary>
internal static class FleetExportCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CliHost host, GlobalOptions globals)
    {
        var format = new Option<string>("--format") { Description = "Form of the document", DefaultValueFactory = _ => "yaml" };
        format.AcceptOnlyFromAmong("yaml", "json");
        var output = new Option<string?>("--out", "-o") { Description = "Write to this file instead of standard output", HelpName = "FILE" };
        var command = new Command("export", "Prints the fleet as the scheduler has it") { format, output };
        command.Runs(host, globals, async (context, cancellation) =>
        {
            string form = context.IsJson ? "json" : context.Parse.GetValue(format)!;
            Result<ApiAnswer> answer = await context.Api.GetAsync($"v1/admin/fleet?format={form}", cancellation);
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
