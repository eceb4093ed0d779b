using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Scheduler.Cli.Admin;
using Scheduler.Cli.Load;
using Scheduler.Cli.Rendering;

namespace Scheduler.Cli.Overload;

/// <summary><c>scheduler overload</c>: more new sessions than a scheduler can open, to see what it does then.</summary>
internal static class OverloadCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CliHost host, GlobalOptions globals)
    {
        Option<int> rate = NumberOption.Required("--rate", "New sessions a second, whatever the answers", 1, 1_000_000);
        Option<int> connections = NumberOption.WithDefault("--connections", "Kept-alive connections, one request at a time each", 1_000, 1, 10_000);
        Option<TimeSpan> duration = DurationOption.WithDefault("--duration", "How long it counts", TimeSpan.FromSeconds(10));
        Option<TimeSpan> warmUp = DurationOption.WithDefault("--warm-up", "How long it offers before it counts", TimeSpan.FromSeconds(5));
        Option<int> patience = NumberOption.WithDefault("--patience-ms", "How long a viewer waits for a free connection, ms", 10, 0, 60_000);
        Option<int> seed = NumberOption.WithDefault("--seed", "The same seed offers the same viewers", 1, int.MinValue, int.MaxValue);
        var command = new Command("overload", "Offers new sessions at a fixed rate (open loop) and tells how many were opened, and how fast")
        {
            rate, connections, duration, warmUp, patience, seed,
        };
        command.Runs(host, globals, async (context, cancellation) =>
        {
            ParseResult parse = context.Parse;
            if (context.Url.Scheme != "http") return context.Fail("overload speaks plain HTTP only; point --url at its http:// address.");
            if (await ReadyEndpoint.FindAsync(context, cancellation) is not { } endpoint) return ExitCode.Failed;
            var engine = new OfferEngine(
                new OfferOptions
                {
                    Url = context.Url,
                    Endpoint = endpoint,
                    Rate = parse.GetValue(rate),
                    Connections = parse.GetValue(connections),
                    Duration = parse.GetValue(duration),
                    WarmUp = parse.GetValue(warmUp),
                    Patience = TimeSpan.FromMilliseconds(parse.GetValue(patience)),
                    Seed = parse.GetValue(seed),
                    Key = context.Key,
                },
                ViewerAddresses.Open(host.Directory),
                host.Time);
            OfferSummary summary = await Task.Factory.StartNew(
                () => engine.Run(cancellation), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            host.Out.WriteLine(context.IsJson ? JsonSerializer.Serialize(summary, AdminJson.Readable.OfferSummary) : Words(summary));
            return summary.AcceptedPerS > 0 ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    private static string Words(OfferSummary s) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        offered   {s.OfferedPerS:#,0}/s for {s.DurationS:0.#} s on {s.Connections} connections
        opened    {s.AcceptedPerS:#,0}/s; from when they were due p50 {Format.Millis(s.AcceptedP50Ms)}, p99 {Format.Millis(s.AcceptedP99Ms)}, max {Format.Millis(s.AcceptedMaxMs)}
        refused   {s.RefusedPerS:#,0}/s; p50 {Format.Millis(s.RefusedP50Ms)}
        gave up   {s.GaveUpPerS:#,0}/s, as no connection was free
        failed    {s.FailedPerS:#,0}/s
        """);
}
