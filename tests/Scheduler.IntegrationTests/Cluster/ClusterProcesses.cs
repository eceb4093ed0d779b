using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Scheduler.IntegrationTests.Postgres;

namespace Scheduler.IntegrationTests.Cluster;

/// <summary>Three servers and their PostgreSQL, each a process of its own that can be killed, frozen, asked to end and started again; peers reach each other over wires that can be cut.</summary>
public sealed class ClusterProcesses : IAsyncLifetime
{
    /// <summary>How many replicas.</summary>
    internal const int Count = 3;

    /// <summary>Key of every call.</summary>
    internal const string AdminKey = "the-admin-key-of-these-tests";

    private const string ClusterKey = "a-key-that-all-replicas-of-these-tests-share";
    private readonly ScratchDirectory _scratch = new();
    private readonly int[] _ports = [.. FreePorts(2 * Count)];
    private readonly TcpProxy[] _wires = new TcpProxy[Count];
    private readonly ServerProcess?[] _replicas = new ServerProcess?[Count];

    /// <summary>Their store.</summary>
    internal PostgresServer Postgres { get; private set; } = null!;

    /// <summary>The wires on which each is reached by its peers.</summary>
    internal IReadOnlyList<TcpProxy> Wires => _wires;

    /// <summary>A replica that runs.</summary>
    internal ServerProcess this[int replica] => _replicas[replica] ?? throw new InvalidOperationException($"replica {replica} does not run");

    /// <summary>All that run.</summary>
    internal IEnumerable<ServerProcess> Running => _replicas.OfType<ServerProcess>();

    public async Task InitializeAsync()
    {
        Postgres = await PostgresServer.CreateAsync();
        Database = Postgres.CreateDatabase();
        for (int i = 0; i < Count; i++) _wires[i] = new TcpProxy(_ports[Count + i]);
        await StartAsync(0);
        await Task.WhenAll(Enumerable.Range(1, Count - 1).Select(StartAsync));
        await this[0].PutFirstFleetAsync(await File.ReadAllTextAsync(SmallFleet.Path), AdminKey);
        foreach (ServerProcess replica in Running) await ReadyAsync(replica);
        // Replicas that have just started assign nothing before they have heard of nodes for 10 s: that is not what is tested.
        await using ClusterPlay warm = Play(viewers: 20, seconds: 16);
        await warm.EndAsync();
    }

    public async Task DisposeAsync()
    {
        foreach (ServerProcess replica in Running) await replica.DisposeAsync();
        foreach (TcpProxy wire in _wires) await wire.DisposeAsync();
        await Postgres.DisposeAsync();
        _scratch.Dispose();
    }

    private string Database { get; set; } = "";

    /// <summary>The file that a replica starts from without its store.</summary>
    internal string StandbyOf(int replica) => _scratch.File("replica-" + Text(replica), "standby.json");

    /// <summary>Starts a replica, under the name, on the ports and with the files that it had before.</summary>
    internal async Task StartAsync(int replica)
    {
        string files = _scratch.File("replica-" + Text(replica));
        Directory.CreateDirectory(files);
        _replicas[replica] = await ServerProcess.StartAsync(
            files, "--url", $"http://127.0.0.1:{Text(_ports[replica])}", "--store", Postgres.Url(Database),
            $"--Scheduler:Security:AdminKey={AdminKey}", $"--Scheduler:Cluster:Key={ClusterKey}", $"--Scheduler:Cluster:Name=replica-{Text(replica)}",
            $"--Scheduler:Cluster:PeerUrl=http://127.0.0.1:{Text(_ports[Count + replica])}", $"--Scheduler:Cluster:Address=http://127.0.0.1:{Text(_wires[replica].Port)}",
            $"--Scheduler:Cluster:Replicas={Text(Count)}", $"--Scheduler:Cluster:StateDirectory={files}", "--Scheduler:Cluster:LeaveS=2",
            "--Scheduler:Overload:TargetMs=0"); // a busy machine must not look like a fault
    }

    /// <summary>Kills a replica: it says goodbye to nobody.</summary>
    internal async Task KillAsync(int replica)
    {
        await this[replica].DisposeAsync();
        _replicas[replica] = null;
    }

    /// <summary>Asks a replica to end.</summary>
    internal async Task<int> TerminateAsync(int replica)
    {
        ServerProcess process = this[replica];
        int code = await process.StopAsync();
        await process.DisposeAsync();
        _replicas[replica] = null;
        return code;
    }

    /// <summary>Waits until players may be sent to a replica.</summary>
    internal static Task ReadyAsync(ServerProcess replica) =>
        Deadline.UntilAsync(async () => (await replica.CallAsync("GET", "/healthz/ready")).Status == 200, "ready", seconds: 60);

    /// <summary>Plays viewers, and every node of the fleet, against all replicas.</summary>
    /// <returns>A play that can be waited for.</returns>
    internal ClusterPlay Play(int viewers, int seconds) => new(ChildProcess.Start(
        "scheduler.dll", _scratch.Root, "load", "--targets", string.Join(',', _ports.Take(Count).Select(port => $"http://127.0.0.1:{Text(port)}")), "--viewers", Text(viewers),
        "--duration", Text(seconds) + "s", "--session-mean", "20s", "--ramp", "4s", "--nodes", "all", "--new-nodes", "--key", AdminKey, "--json"));

    /// <summary>Sessions of all replicas that run.</summary>
    internal async Task<long> SessionsAsync()
    {
        long sessions = 0;
        foreach (ServerProcess replica in Running) sessions += (await replica.CallAsync(200, "GET", "/v1/admin/status", key: AdminKey)).GetProperty("sessions").GetInt64();
        return sessions;
    }

    /// <summary>No site carries more than its nodes said they can, whichever replica is asked.</summary>
    internal async Task AssertNothingIsOverCapacityAsync()
    {
        foreach (ServerProcess replica in Running)
            foreach (JsonElement site in (await replica.CallAsync(200, "GET", "/v1/admin/sites", key: AdminKey)).GetProperty("sites").EnumerateArray())
                Assert.True(site.GetProperty("load_bps").GetInt64() <= site.GetProperty("capacity_bps").GetInt64(), site.ToString());
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<int> FreePorts(int count)
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        foreach (TcpListener listener in listeners) listener.Start();
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        foreach (TcpListener listener in listeners) listener.Dispose();
        return ports;
    }
}
