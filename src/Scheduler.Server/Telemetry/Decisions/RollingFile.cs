namespace Scheduler.Server.Telemetry.Decisions;

/// <summary>
/// A file that is only appended to, and bounded: when it has half of the bytes that are allowed it becomes the older one of two, in the place of the one that was. Only its
/// owner reads it.
/// </summary>
/// <param name="path">The newer file; its directory is made when it is not there.</param>
/// <param name="maxBytes">Most bytes of both.</param>
internal sealed class RollingFile(string path, long maxBytes) : IDisposable
{
    private FileStream? _file;

    /// <summary>The older of the two.</summary>
    public static string OlderOf(string path) => path + ".1";

    /// <summary>Appends a line; a longer one than a file may have is still written, alone.</summary>
    /// <param name="line">The line, its end included.</param>
    /// <exception cref="IOException">It cannot be written; the next call opens the file anew.</exception>
    public void Append(ReadOnlySpan<byte> line)
    {
        try
        {
            _file ??= Open();
            if (_file.Length > 0 && _file.Length + line.Length > maxBytes / 2) Roll();
            _file!.Write(line);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Dispose();
            throw fault as IOException ?? new IOException(fault.Message, fault);
        }
    }

    /// <summary>Has what was appended seen by readers.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Flush() => _file?.Flush();

    /// <inheritdoc/>
    public void Dispose()
    {
        FileStream? file = _file;
        _file = null;
        try
        {
            file?.Dispose();
        }
        catch (IOException)
        {
            // What could not be written is told by the call that tried.
        }
    }

    private void Roll()
    {
        _file!.Dispose();
        _file = null;
        File.Move(path, OlderOf(path), overwrite: true);
        _file = Open();
    }

    private FileStream Open()
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } directory) Directory.CreateDirectory(directory);
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 64 * 1024 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }
}
