using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Scheduler.Cli.Admin;
using Scheduler.Cli.Rendering;
using Scheduler.Client;
using Spectre.Console;

namespace Scheduler.Cli.Load;

/// <summary><c>scheduler load</c>: an audience, and nodes that report, against a running scheduler.</summary>
internal static class LoadCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CliHost host, GlobalOptions globals)
    {
        Option<int> viewers = NumberOption.Required("--viewers", "Viewers at the same time", 1, 2_000_000);
        var nodes = new Option<string?>("--nodes")
        {
            Description = "Nodes that report what they were assigned: a number or all [default: none]", HelpName = "M|all",
        };
        nodes.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.Tokens[0].Value != "all"
                && !(int.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out int m) && m > 0))
                result.AddError($"--nodes: '{result.Tokens[0].Value}' is no number over 0 and not all.");
        });
        var newNodes = new Option<bool>("--new-nodes") { Description = "Nobody has reported for the nodes within the last 71 s: they lease themselves to several replicas at once" };
        Option<TimeSpan> duration = DurationOption.WithDefault("--duration", "How long", TimeSpan.FromSeconds(30));
        Option<TimeSpan> sessionMean = DurationOption.WithDefault("--session-mean", "Mean length of a viewer's session", TimeSpan.FromSeconds(600));
        Option<TimeSpan> ramp = DurationOption.WithDefault("--ramp", "Time over which the first viewers come", TimeSpan.FromSeconds(10));
        Option<int> seed = NumberOption.WithDefault("--seed", "The same seed plays the same viewers", 1, int.MinValue, int.MaxValue);
        Option<int> streams = NumberOption.WithDefault("--streams", "Streams that are watched, by Zipf's law", 1_000, 1, 1_000_000);
        Option<int> connections = NumberOption.WithDefault("--connections", "Kept-alive connections", 64, 1, 1_024);
        Option<double> failures = NumberOption.WithDefault("--failures", "Share of beats at which the viewer's node fails him", 0.0, 0.0, 1.0);
        var backendKey = new Option<string?>("--backend-key")
        {
            Description = "Key of kind backend for the viewers' calls [env: SCHEDULER_BACKEND_KEY] [default: --key]", HelpName = "KEY",
        };
        var reporterKey = new Option<string?>("--reporter-key")
        {
            Description = "Key of kind reporter for the nodes' reports [env: SCHEDULER_REPORTER_KEY] [default: --key]", HelpName = "KEY",
        };
        var targets = new Option<string?>("--targets")
        {
            Description = "Several schedulers in place of --url, with commas between: each viewer asks them in an order of his own, and the next one when one breaks off or says 503", HelpName = "URL,URL…",
        };
        var noAddresses = new Option<bool>("--no-addresses") { Description = "Do not name viewers' addresses: all come from where this runs" };
        var command = new Command("load", "Plays viewers that come, beat and leave, and nodes that report, with a live display")
        {
            viewers, targets, nodes, newNodes, duration, sessionMean, ramp, seed, streams, connections, failures, backendKey, reporterKey, noAddresses,
        };
        command.Runs(host, globals, async (context, cancellation) =>
        {
            ParseResult parse = context.Parse;
            if (Targets(parse.GetValue(targets), context.Url) is not { } urls)
                return context.Fail($"--targets: name 1 to {TargetOrder.Most} different http:// addresses with commas between, such as http://localhost:8080,http://localhost:8090.");
            if (urls.Any(url => url.Scheme != "http"))
                return context.Fail("load speaks plain HTTP only, so that it measures the scheduler and not TLS; point it at http:// addresses.");
            using var http = new HttpClient(new FailoverHandler(urls, host.Transport()), disposeHandler: true) { BaseAddress = urls[0], Timeout = TimeSpan.FromSeconds(60) };
            var api = new AdminApi(http, host.Time, context.Key);
            if (await ReadyEndpoint.FindAllAsync(context, api, urls, cancellation) is not { } endpoints) return ExitCode.Failed;

            var options = new LoadOptions
            {
                Targets = urls,
                Viewers = parse.GetValue(viewers),
                Duration = parse.GetValue(duration),
                SessionMean = parse.GetValue(sessionMean),
                Ramp = parse.GetValue(ramp),
                Seed = parse.GetValue(seed),
                Streams = parse.GetValue(streams),
                Connections = Math.Max(urls.Count, Math.Min(parse.GetValue(connections), parse.GetValue(viewers))),
                FailureShare = parse.GetValue(failures),
                BackendKey = parse.GetValue(backendKey) ?? host.Variable("SCHEDULER_BACKEND_KEY") ?? context.Key,
                NodesAreNew = parse.GetValue(newNodes),
                NamesAddresses = !parse.GetValue(noAddresses),
            };
            var audience = new Audience(host.Time);
            LoadNodes? reporting = null;
            if (parse.GetValue(nodes) is { } wanted)
            {
                Result<FleetRow> fleet = await api.GetAsync("v1/admin/fleet", AdminJson.Default.FleetRow, cancellation);
                if (!fleet.IsOk) return context.Fail(fleet.Problem);
                reporting = LoadNodes.Of(fleet.Value, wanted == "all" ? null : int.Parse(wanted, CultureInfo.InvariantCulture), options.Seed, audience);
                if (reporting.Count == 0) return context.Fail("The fleet has no nodes to report for.");
            }
            string? reports = parse.GetValue(reporterKey) ?? host.Variable("SCHEDULER_REPORTER_KEY") ?? context.Key;
            var run = new LoadRun(host, api, options, endpoints, ViewerAddresses.Open(host.Directory), audience, reporting, reports);
            LoadSummary summary = await PlayAsync(context, run, cancellation);

            if (context.IsJson) host.Out.WriteLine(JsonSerializer.Serialize(summary, AdminJson.Readable.LoadSummary));
            else context.Console.Write(LoadSummaryTable.Draw(summary));
            return summary.HasSuccess ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    /// <summary>The schedulers that a command line names; null when they cannot be.</summary>
    private static List<Uri>? Targets(string? text, Uri url)
    {
        if (text is null) return [url];
        var urls = new List<Uri>();
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!Uri.TryCreate(part.EndsWith('/') ? part : part + "/", UriKind.Absolute, out Uri? target) || urls.Contains(target)) return null;
            urls.Add(target);
        }
        return urls.Count <= TargetOrder.Most ? urls : null;
    }

    private static async Task<LoadSummary> PlayAsync(CommandContext context, LoadRun run, CancellationToken cancellation)
    {
        if (context.IsJson || !context.Host.CanRedraw) return await run.PlayAsync(shown: null, cancellation);
        var display = new LoadDisplay(run, context.Console.Profile.Width, context.Console.Profile.Height);
        LoadSummary? summary = null;
        await context.Console.Live(display.Draw()).AutoClear(true).Overflow(VerticalOverflow.Crop)
            .StartAsync(async live => summary = await run.PlayAsync(() => live.UpdateTarget(display.Draw()), cancellation));
        return summary!;
    }
}
