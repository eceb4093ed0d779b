using Scheduler.Server.Persistence;
using Scheduler.State.Drains;
using Scheduler.State.Ports;
using Scheduler.Tests.Storage;
using static Scheduler.Tests.State.Drains.LocalDrainSamples;

namespace Scheduler.Tests.Server.Persistence;

/// <summary>The journal of local drains on a disk.</summary>
public sealed class LocalDrainJournalTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();

    private string Path => _scratch.File(LocalDrainJournal.FileName);

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Everything_about_a_drain_comes_back()
    {
        LocalDrain all = Local("l-1").Ended() with
        {
            Drain = Drain("l-1") with { StartsAt = Noon.AddMinutes(1), Ramp = TimeSpan.FromSeconds(30), Deadline = Noon.AddMinutes(9) },
            Request = new RequestMark("k/drains/1", "00ff"),
            Note = "forced",
        };
        New().Append(Local("l-2"));
        New().Append(all);
        Assert.Equal([Local("l-2"), all], New().Read().AsEnumerable());
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
        Assert.Equal([Local("l-2"), all], LocalDrainCodec.Read(LocalDrainCodec.Write([Local("l-2"), all]))!.Value.AsEnumerable());
    }

    [Fact]
    public void Cut_off_anywhere_in_its_last_line_it_keeps_what_was_before_and_takes_more()
    {
        New().Append(Local("l-1"));
        long first = new FileInfo(Path).Length;
        New().Append(Local("l-2"));
        byte[] whole = File.ReadAllBytes(Path);
        for (long length = first; length < whole.Length; length += 7)
        {
            File.WriteAllBytes(Path, whole[..(int)length]);
            Assert.Equal([Local("l-1")], New().Read().AsEnumerable());
            New().Append(Local("l-3"));
            Assert.Equal([Local("l-1"), Local("l-3")], New().Read().AsEnumerable());
        }
    }

    [Fact]
    public void Damaged_before_its_last_line_it_is_refused_by_the_line()
    {
        New().Append(Local("l-1"));
        New().Append(Local("l-2"));
        string[] lines = File.ReadAllLines(Path);
        File.WriteAllLines(Path, [lines[0][5..], lines[1]]);
        Assert.Contains("line 1", Assert.Throws<InvalidDataException>(() => New().Read()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Replaced_it_holds_what_is_left_and_no_file_lies_beside_it()
    {
        New().Append(Local("l-1"));
        New().Append(Local("l-2"));
        New().Replace(LocalDrainSet.Empty.With(Local("l-2")));
        Assert.Equal([Local("l-2")], New().Read().AsEnumerable());
        Assert.Equal([Path], Directory.GetFiles(System.IO.Path.GetDirectoryName(Path)!));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[null]")]
    [InlineData("[{}]")]
    [InlineData("{\"drain\":1}")]
    public void What_no_peer_writes_is_refused(string told) => Assert.Null(LocalDrainCodec.Read(System.Text.Encoding.UTF8.GetBytes(told)));

    private LocalDrainJournal New() => new(System.IO.Path.GetDirectoryName(Path)!);
}
