using Scheduler.Cli.Simulations;
using Scheduler.Tests.Simulator.Reports;

namespace Scheduler.Tests.Cli.Simulations;

public sealed class ReportFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("report-");

    [Fact]
    public void A_file_in_a_folder_that_is_not_there_is_refused_before_the_run()
    {
        Assert.Null(ReportFile.TryAt(_folder.FullName, "no/such/folder/out.html", out string reason));
        Assert.StartsWith("--report: no/such/folder/out.html cannot be written", reason);
    }

    [Fact]
    public void A_folder_is_refused() => Assert.Null(ReportFile.TryAt(_folder.FullName, ".", out _));

    [Fact]
    public void Trying_leaves_no_trace()
    {
        string old = Path.Combine(_folder.FullName, "old.html");
        File.WriteAllText(old, "the last report");
        Assert.NotNull(ReportFile.TryAt(_folder.FullName, "old.html", out _));
        Assert.NotNull(ReportFile.TryAt(_folder.FullName, "new.html", out _));
        Assert.Equal("the last report", File.ReadAllText(old));
        Assert.Equal([old], Directory.GetFiles(_folder.FullName));
    }

    [Fact]
    public void Writing_says_where()
    {
        using var messages = new StringWriter();
        ReportFile.TryAt(_folder.FullName, "out.html", out _)!.Write([RunResults.Of("scheduler", RunResults.Calm)], messages);
        string path = Path.Combine(_folder.FullName, "out.html");
        Assert.Contains(path, messages.ToString());
        Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(path));
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
