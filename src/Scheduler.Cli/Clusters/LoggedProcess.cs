using System.Diagnostics;
using System.Globalization;

namespace Scheduler.Cli.Clusters;

/// <summary>A program that was started in the background and writes into a file. It is in a session of its own, so that Ctrl-C at the terminal is for the one who started it alone.</summary>
internal sealed class LoggedProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly Process _process;
    private readonly Lock _gate = new();
    private StreamWriter? _log;

    private LoggedProcess(Process process, string log)
    {
        (_process, Log) = (process, log);
        _log = new StreamWriter(log, append: true) { AutoFlush = true };
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Id = process.Id;
    }

    /// <summary>Number of the process.</summary>
    public int Id { get; }

    /// <summary>The file that its output goes to.</summary>
    public string Log { get; }

    /// <summary>True once it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Ends with it.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    public Task WaitAsync(CancellationToken cancellation) => _process.WaitForExitAsync(cancellation);

    /// <summary>Starts a program.</summary>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="directory">Where it works.</param>
    /// <param name="environment">What is set in its environment besides this process's own.</param>
    /// <param name="log">The file for its output; continued when it is there.</param>
    public static LoggedProcess Start(IReadOnlyList<string> command, string directory, IReadOnlyDictionary<string, string> environment, string log)
    {
        string? setsid = Programs.Find("setsid");
        string[] whole = setsid is null ? [.. command] : [setsid, .. command];
        var start = new ProcessStartInfo(whole[0]) { WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (string argument in whole.AsSpan(1)) start.ArgumentList.Add(argument);
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        return new LoggedProcess(new Process { StartInfo = start }, log);
    }

    /// <summary>Asks it to end, and waits; one that does not is killed.</summary>
    public async Task StopAsync()
    {
        if (!_process.HasExited)
        {
            await Programs.RunAsync(["kill", "-TERM", Id.ToString(CultureInfo.InvariantCulture)]);
            using var enough = new CancellationTokenSource(Patience);
            try
            {
                await _process.WaitForExitAsync(enough.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill();
                await _process.WaitForExitAsync(CancellationToken.None);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process.Dispose();
        lock (_gate)
        {
            _log?.Dispose();
            _log = null;
        }
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_gate)
        {
            if (line.Data is { } text) _log?.WriteLine(text);
        }
    }
}
