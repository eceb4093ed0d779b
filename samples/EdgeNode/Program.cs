// An edge node in a few dozen lines: verifies tickets alone, serves those who have one, and reports once a second.
//
//   scheduler keys site lon1 --json > lon1.keys
//   dotnet run --project samples/EdgeNode -- lon1.keys lon1-01 http://localhost:8080 [http://other:8080 ...]
//   curl -i "localhost:9001/live/live-42/segment.ts?ticket=TICKET"
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using Scheduler.Client;
using Scheduler.Client.Edges;
using Scheduler.Client.Reports;
using Scheduler.Core.Capacity;

if (args.Length < 3)
{
    Console.Error.WriteLine("usage: EdgeNode KEYS NODE SCHEDULER...");
    return 2;
}
if (!SiteKeys.TryParse(File.ReadAllBytes(args[0]), out SiteKeys? keys, out string? problem))
{
    Console.Error.WriteLine($"{args[0]}: {problem}");
    return 1;
}
var audience = new NodeAudience(keys, args[1], TimeProvider.System);
var source = new EdgeNodeSource(audience, capacityBps: 40_000_000_000, new LinuxHost(TimeProvider.System)) { MostViewers = 12_000 };
using HttpClient http = FailoverHandler.Connect([.. args[2..].Select(address => new Uri(address))]);
var reporter = new EdgeReporter(http, TimeProvider.System, source, new EdgeReporterOptions { Key = Environment.GetEnvironmentVariable("SCHEDULER_REPORTER_KEY") });

using var stop = new CancellationTokenSource();
using PosixSignalRegistration interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, End), ended = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
using var listener = new HttpListener();
listener.Prefixes.Add("http://localhost:9001/");
listener.Start();
using CancellationTokenRegistration closing = stop.Token.Register(listener.Stop);
Console.WriteLine($"{audience.Node} of {audience.Site} serves on http://localhost:9001/live/STREAM/FILE?ticket=TICKET and reports to {string.Join(", ", args[2..])}");
Task serving = ServeAsync();
await reporter.RunAsync(Tell, stop.Token);
await serving;
source.State = NodeState.Down; // the last word: nobody is sent here any more
await reporter.ReportAsync();
return 0;

void End(PosixSignalContext signal)
{
    signal.Cancel = true; // not at once: the last word first
    stop.Cancel();
}

async Task ServeAsync()
{
    byte[] segment = new byte[250_000];
    while (!stop.IsCancellationRequested)
    {
        HttpListenerContext call;
        try
        {
            call = await listener.GetContextAsync();
        }
        catch (Exception fault) when (fault is HttpListenerException or ObjectDisposedException)
        {
            return; // stopped
        }
        string[] path = call.Request.Url!.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries); // live, STREAM, FILE
        AdmissionVerdict verdict = audience.Admit(call.Request.QueryString["ticket"] ?? "", path.Length > 1 ? path[1] : "", out EdgeViewer? viewer);
        call.Response.StatusCode = verdict == AdmissionVerdict.Admitted ? 200 : 403;
        call.Response.Headers["X-Admission"] = verdict.ToString();
        if (viewer is not null)
        {
            await call.Response.OutputStream.WriteAsync(segment);
            viewer.Count(segment.Length);
        }
        call.Response.Close();
    }
}

void Tell(ReportRound round)
{
    NodeMeasurement node = source.Measure(0);
    string what = round.Problem is { } fault ? $"not reported: {fault.Title} {fault.Detail}" : round.Rejections is [var refused, ..] ? $"refused: {refused.Rejection.Reason}" : "reported";
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.UtcNow:HH:mm:ss} {what}; {node.Sessions} viewers, {node.EgressBps / 1e6:0.0} Mbit/s, site {round.SiteStates.GetValueOrDefault(audience.Site, "?")}"));
}
