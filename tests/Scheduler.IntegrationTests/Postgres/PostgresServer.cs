using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Scheduler.IntegrationTests.Postgres;

/// <summary>
/// A real PostgreSQL server of the test's own: its files in a directory of its own, on a free port, gone with this object. It can be stopped, started again and frozen. PostgreSQL refuses
/// to run as root, so there another user runs it.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Role = "scheduler";

    private readonly ScratchDirectory _scratch = new();
    private readonly string _binaries = FindBinaries();
    private readonly string? _user = Environment.IsPrivilegedProcess ? FindUser() : null;
    private readonly int _port = FreePort();
    private Process? _process;
    private int _databases;

    private PostgresServer()
    {
    }

    /// <summary>The password of the role, which no message may repeat.</summary>
    public static string Password => "p@ss w;rd'\"%";

    /// <summary>Makes a cluster and starts it.</summary>
    public static async Task<PostgresServer> CreateAsync()
    {
        var server = new PostgresServer();
        string password = server._scratch.File("password");
        await File.WriteAllTextAsync(password, Password);
        if (server._user is { } user) await RunAsync(Start("chown", ["-R", user, server._scratch.Root]));
        await RunAsync(server.Start("initdb", ["-D", server.Files, "-U", Role, "-A", "scram-sha-256", $"--pwfile={password}", "--no-sync", "--no-locale", "-E", "UTF8"], asUser: true));
        await server.StartAsync();
        return server;
    }

    private string Files => _scratch.File("data");

    /// <summary>Starts it, and waits until it takes connections.</summary>
    public async Task StartAsync()
    {
        string[] settings =
        [
            "listen_addresses=127.0.0.1", $"unix_socket_directories={_scratch.Root}", "fsync=off", "full_page_writes=off", "synchronous_commit=off",
            "shared_buffers=16MB", "max_connections=100", "logging_collector=off",
        ];
        ProcessStartInfo start = Start("postgres", ["-D", Files, "-p", _port.ToString(CultureInfo.InvariantCulture), .. settings.SelectMany(setting => (string[])["-c", setting])], asUser: true);
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += Ignore;
        _process.ErrorDataReceived += Ignore;
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await Deadline.UntilAsync(IsReadyAsync, "taking connections");
    }

    /// <summary>Ends it as an operator does: connections are cut.</summary>
    public async Task StopAsync()
    {
        if (_process is null) return;
        Signal.Send(_process.Id, Signal.Interrupt);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Makes it hang: the machine answers, the server does not.</summary>
    public void Freeze() => SendAll(Signal.Stop);

    /// <summary>Ends that.</summary>
    public void Thaw() => SendAll(Signal.Continue);

    /// <summary>A new, empty database.</summary>
    /// <returns>Its name.</returns>
    public string CreateDatabase()
    {
        string name = $"db{Interlocked.Increment(ref _databases)}";
        Execute("postgres", $"CREATE DATABASE {name}");
        return name;
    }

    /// <summary>The URL of a database, as an operator would write it.</summary>
    public string Url(string database) => $"postgres://{Role}:{Uri.EscapeDataString(Password)}@127.0.0.1:{_port}/{database}";

    /// <summary>The same with patience, for tests of what is right and not of how long it takes: the machine may be busy.</summary>
    public string PatientUrl(string database) => $"{Url(database)}?connect_timeout=60&Command%20Timeout=60";

    /// <summary>The same among other servers, none of which answers.</summary>
    public string UrlAmongOthers(string database) => Url(database).Replace("127.0.0.1:", "127.0.0.1:1,127.0.0.1:", StringComparison.Ordinal);

    /// <summary>Runs SQL past the store.</summary>
    /// <returns>The first value of the first row.</returns>
    public object? Execute(string database, string sql)
    {
        using NpgsqlConnection connection = Connection(database);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        return command.ExecuteScalar();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            SendAll(Signal.Continue);
            Signal.Send(_process.Id, Signal.Quit); // at once: its files are thrown away
            await _process.WaitForExitAsync();
            _process.Dispose();
        }
        _scratch.Dispose();
    }

    private NpgsqlConnection Connection(string database) => new(new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1", Port = _port, Username = Role, Password = Password, Database = database, Pooling = false,
    }.ConnectionString);

    private async Task<bool> IsReadyAsync()
    {
        Assert.False(_process!.HasExited, "PostgreSQL ended");
        try
        {
            await using NpgsqlConnection connection = Connection("postgres");
            await connection.OpenAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    /// <summary>To the server, and to the processes that serve its connections: first to the one that would make more of them.</summary>
    private void SendAll(int signal)
    {
        Signal.Send(_process!.Id, signal);
        string children = File.ReadAllText($"/proc/{_process.Id}/task/{_process.Id}/children");
        // A connection may end at any time, and its process with it.
        foreach (string child in children.Split(' ', StringSplitOptions.RemoveEmptyEntries)) Signal.SendIfThere(int.Parse(child, CultureInfo.InvariantCulture), signal);
    }

    private ProcessStartInfo Start(string program, string[] arguments, bool asUser) => asUser && _user is { } user
        // It replaces itself by the program: the number of the process is that of the server.
        ? Start("setpriv", [$"--reuid={user}", $"--regid={user}", "--clear-groups", Path.Combine(_binaries, program), .. arguments])
        : Start(Path.Combine(_binaries, program), arguments);

    private static ProcessStartInfo Start(string program, string[] arguments)
    {
        // The other user need not be allowed to enter the directory of the tests.
        var start = new ProcessStartInfo(program) { WorkingDirectory = "/", RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        return start;
    }

    private static async Task RunAsync(ProcessStartInfo start)
    {
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{start.FileName} failed: {await output}{await errors}");
    }

    private static void Ignore(object sender, DataReceivedEventArgs line)
    {
        // Only read so that the server can go on writing.
    }

    private static string FindUser() => File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody";

    /// <summary>Debian keeps the programs of each version in a directory of its own, out of the path.</summary>
    private static string FindBinaries() =>
        (Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [])
        .Select(version => Path.Combine(version, "bin"))
        .Concat(Environment.GetEnvironmentVariable("PATH")?.Split(':') ?? [])
        .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")))
        ?? throw new FileNotFoundException("PostgreSQL is not installed: its initdb and postgres are neither below /usr/lib/postgresql nor in the path.");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
