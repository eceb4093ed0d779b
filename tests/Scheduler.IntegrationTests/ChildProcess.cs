using System.Collections.Concurrent;
using System.Diagnostics;

namespace Scheduler.IntegrationTests;

/// <summary>One of our programs in a process of its own; it ends with this object at the latest.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly ConcurrentQueue<string> _errors = new();

    private ChildProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Keep(_lines, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(_errors, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public IReadOnlyCollection<string> Lines => _lines;

    public string StandardOutput => string.Join('\n', _lines);

    public string Errors => string.Join('\n', _errors);

    public string Output => $"{StandardOutput}\n{Errors}";

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Starts a program that was built beside the tests, or one whose whole path is given.</summary>
    public static ChildProcess Start(string program, string directory, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.ArgumentList.Add(Path.Combine(DirectoryOf(program), program));
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        // What is set around the tests is no part of them.
        foreach (string name in start.Environment.Keys.Where(k => k.StartsWith("Scheduler__", StringComparison.OrdinalIgnoreCase) || k.StartsWith("SCHEDULER_", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        return new ChildProcess(new Process { StartInfo = start });
    }

    /// <summary>Waits for the end.</summary>
    /// <returns>The exit code; everything it wrote has come by then.</returns>
    public async Task<int> ExitAsync(int seconds = 20)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"it did not end within {seconds} s: {Output}");
        }
        return _process.ExitCode;
    }

    /// <summary>Sends SIGTERM and waits for the end.</summary>
    public Task<int> TerminateAsync()
    {
        Signal.Send(_process.Id, Signal.Terminate);
        return ExitAsync(seconds: 8);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>
    /// The command is taken from where it is built for its users. Beside the tests lies a copy of it, but not of those packages that the server finds in its shared framework.
    /// </summary>
    private static string DirectoryOf(string program)
    {
        if (program != "scheduler.dll") return AppContext.BaseDirectory;
        string[] build = AppContext.BaseDirectory.TrimEnd('/').Split('/')[^3..]; // bin, the configuration and the framework
        return Path.GetFullPath(Path.Combine([AppContext.BaseDirectory, "../../../../../src/Scheduler.Cli", .. build]));
    }

    private static void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null) lines.Enqueue(line);
    }
}
