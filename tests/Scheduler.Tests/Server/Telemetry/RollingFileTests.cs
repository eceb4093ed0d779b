using Scheduler.Server.Telemetry.Decisions;
using Scheduler.Tests.Storage;

namespace Scheduler.Tests.Server.Telemetry;

public sealed class RollingFileTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Both_files_never_have_more_than_they_may_and_the_newest_lines_are_there()
    {
        string path = _scratch.File("log", "decisions.jsonl");
        using (var file = new RollingFile(path, maxBytes: 1_000))
        {
            for (int i = 0; i < 500; i++)
            {
                file.Append(Line(i));
                file.Flush();
                Assert.InRange(Size(path), 0, 1_000);
            }
        }
        string[] lines = [.. File.ReadAllLines(RollingFile.OlderOf(path)), .. File.ReadAllLines(path)];
        Assert.InRange(lines.Length, 50, 100);
        Assert.Equal(Enumerable.Range(500 - lines.Length, lines.Length).Select(i => $"{i:000000000}"), lines);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public void A_later_start_goes_on_where_the_one_before_ended()
    {
        string path = _scratch.File("decisions.jsonl");
        for (int i = 0; i < 3; i++)
        {
            using var file = new RollingFile(path, maxBytes: 1_000);
            file.Append(Line(i));
        }
        Assert.Equal(3, File.ReadAllLines(path).Length);
    }

    [Fact]
    public void What_cannot_be_written_is_told_and_tried_anew_with_the_next_line()
    {
        string path = _scratch.File("decisions.jsonl");
        Directory.CreateDirectory(path); // stands in the way, whoever runs the test
        using var file = new RollingFile(path, maxBytes: 1_000);
        Assert.Throws<IOException>(() => file.Append(Line(1)));
        Directory.Delete(path);
        file.Append(Line(2));
        file.Flush();
        Assert.Equal(["000000002"], File.ReadAllLines(path));
    }

    private static byte[] Line(int i) => System.Text.Encoding.ASCII.GetBytes($"{i:000000000}\n");

    private static long Size(string path) => new[] { path, RollingFile.OlderOf(path) }.Where(File.Exists).Sum(file => new FileInfo(file).Length);
}
