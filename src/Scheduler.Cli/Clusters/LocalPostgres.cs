using System.Globalization;

namespace Scheduler.Cli.Clusters;

/// <summary>
/// A PostgreSQL server of this machine's own programs, with its files in a directory, on loopback only. PostgreSQL refuses to run as root: there another user runs it, and owns the files.
/// </summary>
internal sealed class LocalPostgres : IAsyncDisposable
{
    private const string Role = "scheduler";
    private readonly string _binaries;
    private readonly string _files;
    private readonly string? _user = Environment.IsPrivilegedProcess ? FindUser() : null;

    private LocalPostgres(string binaries, string files, int port, string password)
    {
        (_binaries, _files, Port) = (binaries, files, port);
        Address = $"postgres://{Role}:{Uri.EscapeDataString(password)}@127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}/postgres";
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>Its address, password included, as a scheduler takes it.</summary>
    public string Address { get; }

    /// <summary>The file that it writes its log to.</summary>
    public string Log => Path.Combine(_files, "server.log");

    /// <summary>The user that runs it; null for the present one.</summary>
    public string? User => _user;

    /// <summary>Where PostgreSQL's programs are; null when they are nowhere. Debian keeps those of each version in a directory of its own, out of the path.</summary>
    public static string? FindBinaries()
    {
        string[] folders =
        [
            .. Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin")) : [],
            .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Where(folder => folder.Length > 0),
        ];
        return folders.FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl")));
    }

    /// <summary>Makes the server where there is none yet, and starts it.</summary>
    /// <param name="binaries">Where the programs are.</param>
    /// <param name="directory">Where its files lie.</param>
    /// <param name="port">A free port.</param>
    /// <param name="password">Password of its role.</param>
    /// <exception cref="ClusterException">It could not be made or started.</exception>
    public static async Task<LocalPostgres> StartAsync(string binaries, string directory, int port, string password)
    {
        var server = new LocalPostgres(binaries, directory, port, password);
        if (!File.Exists(server.Data("PG_VERSION"))) await server.MakeAsync(password);
        string settings = string.Create(CultureInfo.InvariantCulture,
            $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='{server._files}' -c shared_buffers=32MB -c max_connections=60");
        await server.RunAsync("pg_ctl", "start", "-w", "-t", "30", "-D", server.Data(), "-l", server.Log, "-o", settings);
        return server;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await RunAsync("pg_ctl", "stop", "-w", "-m", "fast", "-D", Data());

    private string Data(params string[] parts) => Path.Combine([_files, "data", .. parts]);

    private async Task MakeAsync(string password)
    {
        Directory.CreateDirectory(_files);
        string file = Path.Combine(_files, "password");
        try
        {
            await File.WriteAllTextAsync(file, password);
            if (_user is not null) await CheckAsync(await Programs.RunAsync(["chown", "-R", _user, _files]));
            await RunAsync("initdb", "-D", Data(), "-U", Role, "-A", "scram-sha-256", "--pwfile=" + file, "--no-locale", "-E", "UTF8");
        }
        finally
        {
            File.Delete(file);
        }
    }

    private async Task RunAsync(string program, params string[] arguments)
    {
        string path = Path.Combine(_binaries, program);
        string[] command = _user is null ? [path, .. arguments] : ["setpriv", $"--reuid={_user}", $"--regid={_user}", "--clear-groups", path, .. arguments];
        await CheckAsync(await Programs.RunAsync(command));
    }

    private Task CheckAsync((int Code, string Output) result) => result.Code == 0 ? Task.CompletedTask : throw new ClusterException(
        $"PostgreSQL cannot be run in {_files}{(_user is null ? "" : $" by the user {_user}, who must be allowed to enter every directory above it")}: {result.Output.Trim()}");

    private static string FindUser() => File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody";
}
