using System.CommandLine;
using System.Globalization;
using System.Net;
using Scheduler.Cli.Admin;
using Scheduler.Cli.Explanations;
using Scheduler.Cli.Rendering;
using Scheduler.Client;

namespace Scheduler.Cli.Zones;

/// <summary><c>scheduler dns query NAME</c>: what would be answered to a client, and why.</summary>
internal static class DnsQueryCommand
{
    /// <summary>Builds the command. Exit code 1 for a name without an answer.</summary>
    public static Command Create(CliHost host, GlobalOptions globals)
    {
        var name = new Argument<string>("NAME") { Description = "The name, such as play.live.example.com" };
        var type = new Option<string>("--type") { Description = "Type of records", DefaultValueFactory = _ => "A", HelpName = "T" };
        var from = new Option<string?>("--from") { Description = "An address of the client's network, or of its resolver [default: this machine's]", HelpName = "IP" };
        from.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !IPAddress.TryParse(result.Tokens[0].Value, out _)) result.AddError($"--from: '{result.Tokens[0].Value}' is no IP address.");
        });
        var command = new Command("query", "Shows what DNS would answer to a client, and for a steered name every alternative with its score") { name, type, from };
        command.Runs(host, globals, async (context, cancellation) =>
        {
            string path = new QueryText(context).Add("name", context.Parse.GetValue(name)).Add("type", context.Parse.GetValue(type)).Add(from).On("v1/admin/dns");
            Result<ApiAnswer> answer = await context.Api.GetAsync(path, cancellation);
            if (!answer.IsOk) return context.Fail(answer.Problem);
            Result<DnsQueryRow> read = answer.Value.Read(AdminJson.Default.DnsQueryRow);
            if (!read.IsOk) return context.Fail(read.Problem);
            if (context.IsJson) host.Out.WriteLine(JsonText.Indent(answer.Value.Body));
            else Draw(host, context, read.Value);
            return read.Value.Rcode == "noerror" ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    private static void Draw(CliHost host, CommandContext context, DnsQueryRow row)
    {
        host.Out.WriteLine($"{Format.Plain(row.Name)} {Format.Plain(row.Type)}: {Format.Plain(row.Rcode)}, {(row.Zone is { } zone ? "zone " + Format.Plain(zone) : "no zone of this scheduler")}");
        foreach (DnsRecordRow record in row.Records ?? [])
            host.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {Format.Plain(record.Name)} {record.TtlS} {Format.Plain(record.Type)} {Format.Plain(record.Data)}"));
        if (row.Steered is not { } steered) return;
        host.Out.WriteLine($"steered as class {Format.Plain(steered.Class)}, {Format.Plain(steered.Decision)}: {string.Join(", ", (steered.Nodes ?? []).Select(Told))}");
        if (steered.Explanation is { } explanation) ExplanationTable.Draw(context.Console, explanation);
    }

    private static string Told(DnsNodeRow node) => string.Create(CultureInfo.InvariantCulture, $"{Format.Plain(node.Node)} ({node.ScoreMs:0.0})");
}
