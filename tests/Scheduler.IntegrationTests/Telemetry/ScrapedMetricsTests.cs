using System.Text.RegularExpressions;
using Scheduler.IntegrationTests.Deploy;

namespace Scheduler.IntegrationTests.Telemetry;

/// <summary>The metrics of a real server, as Prometheus would read them.</summary>
public sealed partial class ScrapedMetricsTests
{
    /// <summary>What only replicas of a shared store, or servers with TLS, or those that are told to, have: promtool sees them nowhere, the operations page tells of them.</summary>
    private static readonly string[] Elsewhere =
    [
        "scheduler_store_reachable", "scheduler_peers", "scheduler_peer_refused_total", "scheduler_tls_certificate_expiry_timestamp_seconds", "scheduler_tls_files_refused",
        "scheduler_calls_forwarded_total",
    ];

    [PromtoolFact]
    public async Task Prometheus_has_nothing_to_say_against_them_and_rules_and_board_ask_for_no_others()
    {
        using var scratch = new ScratchDirectory();
        await using ServerProcess server = await ServerProcess.StartAsync(scratch.Root, "--demo");
        await server.ReadyAsync();
        await server.OpenAsync();
        using var http = new HttpClient();
        string text = await http.GetStringAsync(server.Url + "/metrics");
        (int code, string output, string errors) = await Tool.RunAsync(Tool.OnPath("promtool")!, ["check", "metrics"], text);
        Assert.True(code == 0, output + errors);

        HashSet<string> there = [.. Family().Matches(text).Select(match => match.Groups["name"].Value)];
        Assert.All(Rules.All().Select(rule => Manifest.Text(rule["expr"])).Concat(BoardTests.Expressions()).SelectMany(Rules.MetricsOf).Except(Elsewhere), metric => Assert.Contains(metric, there));
    }

    [GeneratedRegex("^# TYPE (?<name>[a-z0-9_]+) ", RegexOptions.Multiline)]
    private static partial Regex Family();
}
