namespace Scheduler.Server.Persistence;

/// <summary>Files that are there as a whole or not at all, whatever happens while they are written, and that only their owner reads.</summary>
internal static class DurableFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes a file in place of the one before: beside it first, to the disk, then under its name.</summary>
    /// <param name="path">Where; its directory is made when it is not there.</param>
    /// <param name="content">What it holds from then on.</param>
    /// <exception cref="IOException">The disk is full, or the path cannot be written; what was there before is still there.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        string beside = path + ".new";
        // One may have been left by a process that was killed; the new one is to have its own mode.
        if (File.Exists(beside)) File.Delete(beside);
        using (FileStream file = Open(beside, FileMode.CreateNew))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
    }

    /// <summary>Opens a file for writing; one that is made now is its owner's alone.</summary>
    /// <param name="path">Where.</param>
    /// <param name="mode">How.</param>
    public static FileStream Open(string path, FileMode mode)
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } directory) Directory.CreateDirectory(directory);
        // Unbuffered: what was written is with the system when the call returns, and on the disk when it was flushed.
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.Read, BufferSize = 0 };
        if (!OperatingSystem.IsWindows() && mode != FileMode.Open) options.UnixCreateMode = OwnerOnly;
        return new FileStream(path, options);
    }
}
