using System.CommandLine;
using System.Text.Json;
using Scheduler.Cli.Admin;
using Scheduler.Cli.Rendering;
using Scheduler.Client;

namespace Scheduler.Cli.Upstreams;

/// <summary><c>scheduler streams</c>: what is live, the most watched first.</summary>
internal static class StreamsCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CliHost host, GlobalOptions globals)
    {
        Option<int> limit = NumberOption.WithDefault("--limit", "At most so many, the most watched first", 20, 1, 10_000);
        var command = new Command("streams", "Shows live streams, the most watched first: home, backup, viewers, sites") { limit };
        command.Runs(host, globals, async (context, cancellation) =>
        {
            double? count = null;
            Result<List<StreamRow>> rows = await Pages.ReadAsync(
                context, "v1/admin/streams", AdminJson.Default.StreamList,
                list =>
                {
                    count = list.Count;
                    return (list.Streams, list.Next);
                },
                context.Parse.GetValue(limit), cancellation);
            if (!rows.IsOk) return context.Fail(rows.Problem);
            if (context.IsJson)
                host.Out.WriteLine(JsonText.Indent(JsonSerializer.SerializeToUtf8Bytes(new StreamList(count, rows.Value, null), AdminJson.Default.StreamList)));
            else if (rows.Value.Count > 0) context.Console.Write(StreamTable.Draw(rows.Value, count, host.Time.GetUtcNow()));
            else host.Out.WriteLine("No node reports a viewer or a publisher of any stream.");
            return ExitCode.Done;
        });
        return command;
    }
}
