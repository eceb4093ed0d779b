using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Scheduler.Client;
using Scheduler.Client.Reports;
using Scheduler.Core.Capacity;
using Scheduler.IntegrationTests.Cluster;

namespace Scheduler.IntegrationTests.Edges;

/// <summary>What runs on edge nodes, against the built server: while it lives, is killed and started again. For seconds; for a minute with SCHEDULER_LONG=1.</summary>
public sealed class EdgeReporterTests
{
    private const string AdminKey = "the-admin-key-of-these-tests";
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("SCHEDULER_LONG") == "1";

    /// <summary>Every node of a fleet, idle; counts how often it was measured.</summary>
    private sealed class IdleNodes(IReadOnlyList<string> nodes) : IReportSource
    {
        public int Measured { get; private set; }

        public int Count => nodes.Count;

        public NodeMeasurement Measure(int index)
        {
            Measured++;
            return new NodeMeasurement(nodes[index], 200_000_000, 0, 0, NodeState.Serving);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_reporter_outlives_its_scheduler_and_tells_its_successor_only_what_is_new(bool overStream)
    {
        using var scratch = new ScratchDirectory();
        int http = FreePort(), grpc = FreePort();
        string[] arguments = ["--url", Loopback(http), $"--Scheduler:Grpc:Url={Loopback(grpc)}", $"--Scheduler:Security:AdminKey={AdminKey}", "--Scheduler:Overload:TargetMs=0"];
        ServerProcess server = await ServerProcess.StartAsync(scratch.Root, arguments);
        await server.PutFirstFleetAsync(await File.ReadAllTextAsync(SmallFleet.Path), AdminKey);

        var source = new IdleNodes([.. SmallFleet.Edges.Select(node => node.Id)]);
        var options = new EdgeReporterOptions { Key = AdminKey, NodesAreNew = true };
        using HttpClient client = FailoverHandler.Connect(new Uri(Loopback(FreePort())), new Uri(Loopback(http))); // nobody is at the first
        await using var stream = new GrpcReportTransport([new Uri(Loopback(FreePort())), new Uri(Loopback(grpc))], TimeProvider.System, options);
        var reporter = new EdgeReporter(overStream ? stream : new HttpReportTransport(client, TimeProvider.System, options), TimeProvider.System, source, options);
        var rounds = Channel.CreateUnbounded<ReportRound>();
        using var stop = new CancellationTokenSource();
        Task reporting = reporter.RunAsync(round => rounds.Writer.TryWrite(round), stop.Token);
        int told = 0, kept = IsLong ? 12 : 2;
        for (int life = 0; life < 2; life++)
        {
            for (int heard = 0; heard < kept;)
            {
                ReportRound round = await NextAsync();
                if (round.Problem is null) heard++;
                Assert.True(round.Problem is not null || round.Accepted == source.Count, $"{round}");
            }
            await server.DisposeAsync();
            while ((await NextAsync()).Problem is null)
            {
                // What was on its way when it died.
            }
            for (int lost = 1; lost < kept; lost++) Assert.NotNull((await NextAsync()).Problem);
            server = await ServerProcess.StartAsync(scratch.Root, arguments);
        }
        while ((await NextAsync()).Problem is not null)
        {
            // Until it has found it.
        }
        await stop.CancelAsync();
        await reporting;
        while (rounds.Reader.TryRead(out _)) told++;
        Assert.Equal(told * source.Count, source.Measured); // each round measured anew, none sent later
        await server.DisposeAsync();

        async Task<ReportRound> NextAsync()
        {
            told++;
            return await rounds.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));
        }
    }

    [Fact]
    public async Task A_thousand_connections_of_ten_nodes_each_lose_no_report()
    {
        const int Connections = 1_000, Nodes = 10;
        using var scratch = new ScratchDirectory();
        await using ServerProcess server = await ServerProcess.StartAsync(
            scratch.Root, "--Scheduler:Grpc:Url=off", $"--Scheduler:Security:AdminKey={AdminKey}", "--Scheduler:Overload:TargetMs=0");
        await server.PutFirstFleetAsync(FleetOf(Connections, Nodes), AdminKey);

        var rounds = Channel.CreateUnbounded<ReportRound>();
        using var stop = new CancellationTokenSource();
        var clients = new List<HttpClient>();
        var reporting = new List<Task>();
        for (int site = 0; site < Connections; site++)
        {
            HttpClient client = FailoverHandler.Connect(new Uri(server.Url)); // a pool of its own: one connection
            clients.Add(client);
            int number = site;
            // A busy machine may be late: that is no loss.
            var options = new EdgeReporterOptions { Key = AdminKey, Retry = RetryPolicy.Once with { AttemptTimeout = TimeSpan.FromSeconds(60) } };
            var reporter = new EdgeReporter(client, TimeProvider.System, new IdleNodes([.. Enumerable.Range(0, Nodes).Select(node => NodeOf(number, node))]), options);
            reporting.Add(reporter.RunAsync(round => rounds.Writer.TryWrite(round), stop.Token));
        }
        long taken = 0;
        for (int round = 0; round < Connections * (IsLong ? 60 : 4); round++)
        {
            ReportRound heard = await rounds.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));
            Assert.True(heard.Problem is null && heard.Accepted == Nodes, $"{heard.Problem}");
            taken += heard.Accepted;
        }
        await stop.CancelAsync();
        await Task.WhenAll(reporting);
        foreach (HttpClient client in clients) client.Dispose();
        long applied = 0;
        await Deadline.UntilAsync(
            async () =>
            {
                applied = long.Parse((await server.MetricAsync("scheduler_reports_total{verdict=\"applied\"}"))!, CultureInfo.InvariantCulture);
                return applied >= taken;
            },
            "applied all reports that were taken");
        foreach (string verdict in (string[])["outdated", "rejected", "shed"])
            Assert.Equal("0", await server.MetricAsync($"scheduler_reports_total{{verdict=\"{verdict}\"}}"));
    }

    private static string NodeOf(int site, int node) => string.Create(CultureInfo.InvariantCulture, $"s{site:0000}-{node:00}");

    private static string FleetOf(int sites, int nodes)
    {
        var text = new System.Text.StringBuilder(
            """
            urls: {hls: "https://{host}/live/{stream}/index.m3u8"}
            regions: [{id: europe, name: Europe}]
            tariffs: [{id: flat, price_per_mbps: 1, billing: flat, commit_bps: 0}]
            sites:
              - {id: ams, kind: idc, region: europe, place: Amsterdam, country: NL, latitude: 52.3, longitude: 4.94, tariff: flat,
                 nodes: [{id: ams-01, capacity_bps: 10G, roles: [ingest, origin], protocols: [hls, rtmp], host: ams-01.idc.example, ipv4: 198.18.1.1}]}

            """);
        for (int site = 0; site < sites; site++)
        {
            text.Append(CultureInfo.InvariantCulture, $"  - {{id: s{site:0000}, kind: pop, region: europe, place: London, country: GB, latitude: 51.5, longitude: -0.1, tariff: flat, upstreams: [ams], nodes: [");
            for (int node = 0; node < nodes; node++)
            {
                text.Append(CultureInfo.InvariantCulture, $"{(node > 0 ? ", " : "")}{{id: {NodeOf(site, node)}, capacity_bps: 1G, roles: [edge], protocols: [hls], host: {NodeOf(site, node)}.edge.example}}");
            }
            text.Append("]}\n");
        }
        return text.ToString();
    }

    private static string Loopback(int port) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
