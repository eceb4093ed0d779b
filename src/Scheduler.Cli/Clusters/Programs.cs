using System.Diagnostics;

namespace Scheduler.Cli.Clusters;

/// <summary>Programs of the machine.</summary>
internal static class Programs
{
    /// <summary>The path of a program; null when there is none of that name.</summary>
    /// <param name="name">Its name.</param>
    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Where(folder => folder.Length > 0).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>Runs a program to its end.</summary>
    /// <param name="command">The program and its arguments.</param>
    /// <returns>Its exit code, and all that it wrote.</returns>
    public static async Task<(int Code, string Output)> RunAsync(IReadOnlyList<string> command)
    {
        // From the root: a program of another user need not be allowed to enter where this one works.
        var start = new ProcessStartInfo(command[0]) { WorkingDirectory = "/", RedirectStandardOutput = true, RedirectStandardError = true };
        for (int i = 1; i < command.Count; i++) start.ArgumentList.Add(command[i]);
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
