using System.CommandLine;
using Scheduler.Cli.Admin;
using Scheduler.Cli.Rendering;
using Scheduler.Client;

namespace Scheduler.Cli.Upstreams;

/// <summary><c>scheduler stream ID</c>: one stream from its publisher to its viewers.</summary>
internal static class StreamCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CliHost host, GlobalOptions globals)
    {
        var id = new Argument<string>("ID") { Description = "Name of the stream" };
        var command = new Command("stream", "Shows one stream: home, backups, relays, every site with its viewers and what the way there costs") { id };
        command.Runs(host, globals, async (context, cancellation) =>
        {
            Result<ApiAnswer> answer = await context.Api.GetAsync("v1/admin/streams/" + Uri.EscapeDataString(context.Parse.GetValue(id)!), cancellation);
            if (!answer.IsOk) return context.Fail(answer.Problem);
            Result<StreamRow> stream = answer.Value.Read(AdminJson.Default.StreamRow);
            if (!stream.IsOk) return context.Fail(stream.Problem);
            if (context.IsJson) host.Out.WriteLine(JsonText.Indent(answer.Value.Body));
            else context.Console.Write(StreamTable.Draw(stream.Value, host.Time.GetUtcNow()));
            return ExitCode.Done;
        });
        return command;
    }
}
