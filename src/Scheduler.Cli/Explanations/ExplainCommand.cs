using System.CommandLine;
using System.Net;
using Scheduler.Cli.Admin;
using Scheduler.Cli.Rendering;
using Scheduler.Client;

namespace Scheduler.Cli.Explanations;

/// <summary><c>scheduler explain</c>: why a viewer is sent where he is sent.</summary>
internal static class ExplainCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CliHost host, GlobalOptions globals)
    {
        var clientIp = new Argument<string?>("IP") { Description = "The viewer's address", Arity = ArgumentArity.ZeroOrOne };
        clientIp.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !IPAddress.TryParse(result.Tokens[0].Value, out _)) result.AddError($"IP: '{result.Tokens[0].Value}' is no IP address.");
        });
        var stream = new Argument<string?>("STREAM") { Description = "Name of the stream", Arity = ArgumentArity.ZeroOrOne };
        var session = new Option<string?>("--session") { Description = "Why this session was sent where it was sent: from the decision log of the replica", HelpName = "ID" };
        var protocol = new Option<string?>("--protocol") { Description = "hls, dash, flv, webrtc, rtmp or srt [default: any]", HelpName = "P" };
        var kind = new Option<string?>("--kind") { Description = "play or publish [default: play]", HelpName = "K" };
        var command = new Command("explain", "Shows why a viewer is sent where he is sent: every alternative, its score term by term, and why it lost")
        {
            clientIp, stream, protocol, kind, session,
        };
        command.Validators.Add(result =>
        {
            bool hasBoth = result.GetResult(clientIp) is { Tokens.Count: > 0 } && result.GetResult(stream) is { Tokens.Count: > 0 };
            bool hasAny = hasBoth || result.GetResult(clientIp) is { Tokens.Count: > 0 };
            if (result.GetResult(session) is { Tokens.Count: > 0 } ? hasAny : !hasBoth) result.AddError("Give the viewer's IP and the STREAM, or --session alone.");
        });
        command.Runs(host, globals, async (context, cancellation) =>
        {
            if (context.Parse.GetValue(session) is { } id) return await ReadBackAsync(context, id, cancellation);
            string path = $"v1/admin/explain?stream={Escaped(stream)}&client_ip={Escaped(clientIp)}";
            if (context.Parse.GetValue(protocol) is { } spoken) path += "&protocol=" + Uri.EscapeDataString(spoken);
            if (context.Parse.GetValue(kind) is { } what) path += "&kind=" + Uri.EscapeDataString(what);
            Result<ApiAnswer> answer = await context.Api.GetAsync(path, cancellation);
            if (!answer.IsOk) return context.Fail(answer.Problem);
            Result<ExplanationRow> explanation = answer.Value.Read(AdminJson.Default.ExplanationRow);
            if (!explanation.IsOk) return context.Fail(explanation.Problem);
            if (context.IsJson) host.Out.WriteLine(JsonText.Indent(answer.Value.Body));
            else ExplanationTable.Draw(context.Console, explanation.Value);
            return ExitCode.Done;

            string Escaped(Argument<string?> argument) => Uri.EscapeDataString(context.Parse.GetValue(argument)!);
        });
        return command;
    }

    private static async Task<int> ReadBackAsync(CommandContext context, string session, CancellationToken cancellation)
    {
        Result<ApiAnswer> answer = await context.Api.GetAsync("v1/admin/explain?session=" + Uri.EscapeDataString(session), cancellation);
        if (!answer.IsOk) return context.Fail(answer.Problem);
        Result<LoggedDecisionList> list = answer.Value.Read(AdminJson.Default.LoggedDecisionList);
        if (!list.IsOk) return context.Fail(list.Problem);
        if (context.IsJson) context.Host.Out.WriteLine(JsonText.Indent(answer.Value.Body));
        else LoggedDecisionText.Draw(context.Console, list.Value);
        return ExitCode.Done;
    }
}
