using System.CommandLine;
using System.Net;
using Scheduler.Cli.Admin;
using Scheduler.Cli.Rendering;
using Scheduler.Client;
using Scheduler.Protocol.V1.Messages;
using Spectre.Console;

namespace Scheduler.Cli;

/// <summary><c>scheduler dispatch</c>: where a viewer would go, holding nothing.</summary>
internal static class DispatchCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CliHost host, GlobalOptions globals)
    {
        var stream = new Option<string>("--stream") { Description = "Name of the stream", HelpName = "S", Required = true };
        var clientIp = new Option<string?>("--client-ip") { Description = "The viewer's address [default: yours]", HelpName = "IP" };
        clientIp.Validators.Add(result =>
        {
            string? text = result.Tokens.Count > 0 ? result.Tokens[0].Value : null;
            if (text is not null && !IPAddress.TryParse(text, out _)) result.AddError($"--client-ip: '{text}' is no IP address.");
        });
        var command = new Command("dispatch", "Shows where a viewer would be sent, holding nothing") { stream, clientIp };
        command.Runs(host, globals, async (context, cancellation) =>
        {
            string path = "v1/dispatch?stream=" + Uri.EscapeDataString(context.Parse.GetValue(stream)!);
            if (context.Parse.GetValue(clientIp) is { } ip) path += "&client_ip=" + Uri.EscapeDataString(ip);
            Result<ApiAnswer> answer = await context.Api.GetAsync(path, cancellation);
            if (!answer.IsOk) return context.Fail(answer.Problem);
            Result<DispatchAnswerMessage> dispatch = answer.Value.Read(V1Json.Default.DispatchAnswerMessage);
            if (!dispatch.IsOk) return context.Fail(dispatch.Problem);
            if (context.IsJson) host.Out.WriteLine(JsonText.Indent(answer.Value.Body));
            else Draw(context.Console, dispatch.Value);
            return ExitCode.Done;
        });
        return command;
    }

    private static void Draw(IAnsiConsole console, DispatchAnswerMessage dispatch)
    {
        console.MarkupInterpolated($"[bold]{Format.Plain(dispatch.Stream)}[/] from cell [bold]{Format.Plain(dispatch.Cell)}[/]: ");
        console.WriteLine($"{Format.Plain(dispatch.Decision)} (revision {Format.Count(dispatch.Revision)})");
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey);
        table.AddColumns("#", "node", "site", "idc", "rtt", "url");
        foreach (CandidateMessage c in dispatch.Candidates)
            table.AddRow(
                new Text(Format.Count(c.Rank)), new Text(Format.Plain(c.Node)), new Text(Format.Plain(c.Site)),
                new Text(Format.Plain(c.Idc)), new Text(Format.Millis(c.RttMs)), new Text(Format.Plain(c.Url ?? c.Host)));
        console.Write(table);
    }
}
