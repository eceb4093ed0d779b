using Scheduler.Cli.Rendering;
using Scheduler.Simulator.Measures;
using Scheduler.Simulator.Reports;

namespace Scheduler.Cli.Simulations;

/// <summary>The file that <c>--report</c> names. It is tried before the runs: nobody should wait for minutes to learn that a folder does not exist.</summary>
internal sealed class ReportFile
{
    private readonly string _path;

    private ReportFile(string path) => _path = path;

    /// <summary>Finds out whether the file can be written; what it holds stays as it is.</summary>
    /// <param name="directory">Where relative paths start from.</param>
    /// <param name="path">The path as it was given.</param>
    /// <param name="reason">Why not, when the answer is null.</param>
    public static ReportFile? TryAt(string directory, string path, out string reason)
    {
        reason = "";
        try
        {
            string full = Path.GetFullPath(path, directory);
            bool isNew = !File.Exists(full);
            using (new FileStream(full, FileMode.OpenOrCreate, FileAccess.Write))
            {
            }
            if (isNew) File.Delete(full);
            return new ReportFile(full);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            reason = $"--report: {Format.Plain(path)} cannot be written: {e.Message}";
            return null;
        }
    }

    /// <summary>Writes the page, and says so.</summary>
    public void Write(IReadOnlyList<RunResult> runs, TextWriter messages)
    {
        File.WriteAllText(_path, HtmlReport.Write(runs));
        messages.WriteLine($"Report: {Format.Plain(_path)}");
    }
}
