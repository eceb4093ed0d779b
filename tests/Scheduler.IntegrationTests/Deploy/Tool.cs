using System.Diagnostics;

namespace Scheduler.IntegrationTests.Deploy;

/// <summary>Programs that are not ours.</summary>
internal static class Tool
{
    /// <summary>Where a program is; null when it is nowhere on the path.</summary>
    public static string? OnPath(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, name))
        .FirstOrDefault(File.Exists);

    /// <summary>Runs one to its end.</summary>
    /// <param name="program">Its path.</param>
    /// <param name="arguments">What it is called with.</param>
    /// <param name="input">What it reads.</param>
    public static async Task<(int Code, string Output, string Errors)> RunAsync(string program, IEnumerable<string> arguments, string input = "")
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, await output, await errors);
    }
}
