using System.Collections.Immutable;
using System.CommandLine;
using System.Text;
using System.Text.Json;
using Scheduler.Cli.Admin;
using Scheduler.Cli.Rendering;
using Scheduler.Client;
using Scheduler.Core.Sessions;
using Scheduler.Protocol.Steering;
using Scheduler.Protocol.V1.Messages;

namespace Scheduler.Cli.Steering;

/// <summary><c>scheduler steering tag</c>: prints the HLS tag and the DASH element of a stream.</summary>
internal static class SteeringTagCommand
{
    /// <summary>Pathways where none are given: with one a player has nowhere to go.</summary>
    private const int Suggested = 2;

    /// <summary>Builds the command.</summary>
    public static Command Create(CliHost host, GlobalOptions globals)
    {
        var stream = new Option<string>("--stream") { Description = "Name of the stream", HelpName = "S", Required = true };
        stream.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: { } name }] && !StreamName.IsValid(Encoding.UTF8.GetBytes(name)))
                result.AddError($"--stream: '{name}' is no name of a stream: 1 to {StreamName.MaxLength} of A-Z a-z 0-9 . _ ~ -");
        });
        var pathways = new Option<string?>("--pathways") { Description = "Sites that the playlist and the MPD declare, the one to begin with first [default: two that serve you]", HelpName = "SITE,…" };
        pathways.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: { } list }] && !list.Split(',').All(id => PathwayList.IsId(Encoding.UTF8.GetBytes(id))))
                result.AddError($"--pathways: '{list}' is no list of ids, separated by commas, of A-Z a-z 0-9 . _ - each");
        });
        var publicUrl = new Option<string?>("--public-url") { Description = "Where players reach the scheduler [default: where this command does]", HelpName = "URL" };
        publicUrl.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: { } url }] && !(Uri.TryCreate(url, UriKind.Absolute, out Uri? parsed) && parsed.Scheme is "http" or "https"))
                result.AddError($"--public-url: '{url}' is no http or https address");
        });
        var playerKey = new Option<string?>("--player-key") { Description = "A player's key, which anybody may see; a scheduler that is no demo asks for one", HelpName = "KEY" };
        var command = new Command("tag", "Prints what a packager writes into the multivariant playlist and the MPD") { stream, pathways, publicUrl, playerKey };
        command.Runs(host, globals, async (context, cancellation) =>
        {
            string name = context.Parse.GetValue(stream)!;
            ImmutableArray<string> declared = context.Parse.GetValue(pathways) is { } list ? [.. list.Split(',').Distinct()] : [];
            if (declared.IsEmpty)
            {
                Result<ApiAnswer> answer = await context.Api.GetAsync($"v1/dispatch?stream={Uri.EscapeDataString(name)}&want=8", cancellation);
                if (!answer.IsOk) return context.Fail(answer.Problem);
                Result<DispatchAnswerMessage> dispatch = answer.Value.Read(V1Json.Default.DispatchAnswerMessage);
                if (!dispatch.IsOk) return context.Fail(dispatch.Problem);
                declared = [.. dispatch.Value.Candidates.Select(candidate => candidate.Site).Distinct().Take(Suggested)];
            }
            Uri scheduler = context.Parse.GetValue(publicUrl) is { } url ? new Uri(url) : context.Url;
            Print(context, new SteeringTag(scheduler, name, declared, context.Parse.GetValue(playerKey)));
            return ExitCode.Done;
        });
        return command;
    }

    private static void Print(CommandContext context, SteeringTag tag)
    {
        TextWriter output = context.Host.Out;
        if (context.IsJson)
        {
            using var body = new MemoryStream();
            using (var json = new Utf8JsonWriter(body))
            {
                json.WriteStartObject();
                json.WriteString("hls", tag.Hls);
                json.WriteString("dash", tag.Dash);
                json.WriteStartArray("pathways");
                foreach (string pathway in tag.Pathways) json.WriteStringValue(pathway);
                json.WriteEndArray();
                json.WriteEndObject();
            }
            output.WriteLine(JsonText.Indent(body.ToArray()));
            return;
        }
        string ids = string.Join(" or ", tag.Pathways.Select(id => $"\"{id}\""));
        output.WriteLine("HLS, once in the multivariant playlist:");
        output.WriteLine(tag.Hls);
        output.WriteLine($"and every variant for each of PATHWAY-ID={ids}, in the same order, with the same STABLE-VARIANT-ID.");
        output.WriteLine();
        output.WriteLine("DASH, in the MPD:");
        output.WriteLine(tag.Dash);
        output.WriteLine($"and beside it a BaseURL for each of serviceLocation={ids}.");
    }
}
