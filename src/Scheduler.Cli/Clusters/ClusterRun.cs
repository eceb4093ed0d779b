using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Scheduler.Cli.Clusters;

/// <summary>PostgreSQL, replicas and an audience on this machine, from the first to the last of them. What ends is not started again: that one can be missing is what there is to see.</summary>
/// <param name="options">What to start.</param>
/// <param name="tell">Prints a line.</param>
/// <param name="time">The clock.</param>
internal sealed class ClusterRun(ClusterOptions options, Action<string> tell, TimeProvider time) : IAsyncDisposable
{
    private const string Fleet = "fleet.sample.yaml";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ClusterFiles _files = new(options.Directory);
    private readonly List<(string Name, LoggedProcess Process)> _started = [];
    private LocalPostgres? _postgres;

    /// <summary>The replicas' addresses.</summary>
    public IReadOnlyList<string> Urls { get; } = [.. Enumerable.Range(0, options.Replicas).Select(i => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{options.Port + i}"))];

    /// <summary>Where the admin key is.</summary>
    public string AdminKeyFile => _files.AdminKeyFile;

    /// <summary>Name and process of each replica.</summary>
    public IEnumerable<(string Name, LoggedProcess Process)> Replicas => _started.Take(options.Replicas);

    /// <summary>Starts everything, and returns when every replica is ready.</summary>
    /// <param name="cancellation">Ends the start.</param>
    /// <exception cref="ClusterException">Something is missing, or did not start.</exception>
    public async Task StartAsync(CancellationToken cancellation)
    {
        string[] server = ServerProgram.Find(options.Server);
        string binaries = LocalPostgres.FindBinaries() ?? throw new ClusterException(
            "PostgreSQL is not installed: its initdb and pg_ctl are neither below /usr/lib/postgresql nor in the path. Debian and Ubuntu: apt install postgresql; Fedora: dnf install postgresql-server; macOS: brew install postgresql.");
        _postgres = await LocalPostgres.StartAsync(binaries, _files.Folder("postgres"), FreePort(), _files.Password);
        tell($"PostgreSQL on port {_postgres.Port}{(_postgres.User is { } user ? $", run by {user}, as it refuses to be run by root" : "")}; log {_postgres.Log}");
        for (int i = 0; i < options.Replicas; i++) StartReplica(server, i, _postgres.Address);

        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _files.AdminKey);
        for (int i = 0; i < options.Replicas; i++) await UntilAsync(i, () => AnswersAsync(http, Urls[i] + "/healthz/live", HttpStatusCode.OK, cancellation), cancellation);
        await LoadFleetAsync(http, cancellation);
        for (int i = 0; i < options.Replicas; i++) await UntilAsync(i, () => AnswersAsync(http, Urls[i] + "/healthz/ready", HttpStatusCode.OK, cancellation), cancellation);
        if (options.Viewers > 0) StartAudience();
    }

    /// <summary>Waits, and tells of every process that ends meanwhile.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task WatchAsync(CancellationToken cancellation)
    {
        try
        {
            await Task.WhenAll(_started.Select(async started =>
            {
                await started.Process.WaitAsync(cancellation);
                tell($"{started.Name} ({started.Process.Id}) has ended; its log is {started.Process.Log}");
            }));
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellation);
        }
        catch (OperationCanceledException)
        {
            // Asked to stop: the way out.
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // The audience first, then all replicas at once, and what they need last.
        foreach ((_, LoggedProcess process) in _started.Skip(options.Replicas)) await process.DisposeAsync();
        await Task.WhenAll(_started.Take(options.Replicas).Select(started => started.Process.DisposeAsync().AsTask()));
        if (_postgres is null) return;
        try
        {
            await _postgres.DisposeAsync();
        }
        catch (ClusterException fault)
        {
            tell(fault.Message); // somebody else may have stopped it already
        }
    }

    private void StartReplica(string[] server, int number, string store)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"replica-{number}"), folder = _files.Folder(name);
        // In the environment, where secrets are not shown to whoever lists processes.
        var environment = new Dictionary<string, string>
        {
            ["Scheduler__Store"] = store,
            ["Scheduler__Demo"] = "false",
            ["Scheduler__Http__Url"] = Urls[number],
            ["Scheduler__Grpc__Url"] = "off", // the ports beside are those of the others
            ["Scheduler__Security__AdminKey"] = _files.AdminKey,
            ["Scheduler__Cluster__Key"] = _files.ClusterKey,
            ["Scheduler__Cluster__Name"] = name,
            ["Scheduler__Cluster__PeerUrl"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{options.Port + options.Replicas + number}"),
            ["Scheduler__Cluster__Replicas"] = options.Replicas.ToString(CultureInfo.InvariantCulture),
            ["Scheduler__Cluster__StateDirectory"] = folder,
            ["Scheduler__Cluster__LeaveS"] = "2",
            ["Scheduler__Geo__Map"] = ServerProgram.Bundled("world.cells"),
        };
        _started.Add((name, LoggedProcess.Start(server, folder, environment, _files.Log(name))));
    }

    private async Task LoadFleetAsync(HttpClient http, CancellationToken cancellation)
    {
        using var content = new ByteArrayContent(await File.ReadAllBytesAsync(ServerProgram.Bundled(Fleet), cancellation));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/yaml");
        using var request = new HttpRequestMessage(HttpMethod.Put, Urls[0] + "/v1/admin/fleet?reason=the+sample+fleet") { Content = content };
        request.Headers.TryAddWithoutValidation("If-Match", "\"0\"");
        using HttpResponseMessage answer = await http.SendAsync(request, cancellation);
        // A cluster that was here before has its fleet: what was made of it since is its owner's.
        if (!answer.IsSuccessStatusCode && answer.StatusCode != HttpStatusCode.PreconditionFailed)
            throw new ClusterException($"The sample fleet was refused: {await answer.Content.ReadAsStringAsync(cancellation)}");
    }

    /// <summary>Viewers, and every node, new ones: nothing was leased by nodes that nobody has played before.</summary>
    private void StartAudience()
    {
        string[] command =
        [
            .. ServerProgram.Self(), "load", "--targets", string.Join(',', Urls), "--viewers", options.Viewers.ToString(CultureInfo.InvariantCulture),
            "--nodes", "all", "--new-nodes", "--duration", "24h", "--json",
        ];
        _started.Add(("audience", LoggedProcess.Start(command, options.Directory, new Dictionary<string, string> { [GlobalOptions.KeyVariable] = _files.AdminKey }, _files.Log("audience"))));
    }

    private async Task UntilAsync(int replica, Func<Task<bool>> holds, CancellationToken cancellation)
    {
        (string name, LoggedProcess process) = _started[replica];
        long start = time.GetTimestamp();
        while (!await holds())
        {
            if (process.HasExited) throw new ClusterException($"{name} has ended: see {process.Log}.");
            if (time.GetElapsedTime(start) > Patience) throw new ClusterException($"{name} is not ready after {Patience.TotalSeconds:0} s: see {process.Log}.");
            await Task.Delay(Pause, time, cancellation);
        }
    }

    private static async Task<bool> AnswersAsync(HttpClient http, string url, HttpStatusCode status, CancellationToken cancellation)
    {
        try
        {
            using HttpResponseMessage answer = await http.GetAsync(url, cancellation);
            return answer.StatusCode == status;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
