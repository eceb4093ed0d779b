using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Scheduler.State.Drains;
using Scheduler.State.Ports;

namespace Scheduler.Server.Persistence;

/// <summary>
/// The journal of local drains as a file of JSON lines. A line that a crash cut off is cut away when the journal is read: its drain was not answered yet, so nobody counts on it.
/// </summary>
/// <param name="directory">Where the file lies; made when the first drain is written.</param>
public sealed class LocalDrainJournal(string directory) : ILocalDrainJournal
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "local-drains.jsonl";

    private const byte NewLine = (byte)'\n';
    private readonly string _path = Path.Combine(directory, FileName);

    /// <inheritdoc/>
    public ImmutableArray<LocalDrain> Read()
    {
        if (!File.Exists(_path)) return [];
        ReadOnlySpan<byte> bytes = File.ReadAllBytes(_path);
        int whole = bytes.LastIndexOf(NewLine) + 1;
        if (whole < bytes.Length)
        {
            using FileStream file = DurableFile.Open(_path, FileMode.Open);
            file.SetLength(whole);
            file.Flush(flushToDisk: true);
        }

        var drains = ImmutableArray.CreateBuilder<LocalDrain>();
        ReadOnlySpan<byte> rest = bytes[..whole];
        for (int number = 1; !rest.IsEmpty; number++)
        {
            int end = rest.IndexOf(NewLine);
            drains.Add(Parse(rest[..end], number));
            rest = rest[(end + 1)..];
        }

        return drains.ToImmutable();
    }

    /// <inheritdoc/>
    public void Append(LocalDrain drain)
    {
        using FileStream file = DurableFile.Open(_path, FileMode.OpenOrCreate);
        long before = file.Seek(0, SeekOrigin.End);
        try
        {
            file.Write([.. LocalDrainCodec.WriteLine(drain), NewLine]);
            file.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            file.SetLength(before); // half a line would join with the next one
            throw;
        }
    }

    /// <inheritdoc/>
    public void Replace(LocalDrainSet drains)
    {
        using var content = new MemoryStream();
        foreach (LocalDrain drain in drains.All)
        {
            content.Write(LocalDrainCodec.WriteLine(drain));
            content.WriteByte(NewLine);
        }

        DurableFile.Replace(_path, content.ToArray());
    }

    private LocalDrain Parse(ReadOnlySpan<byte> line, int number)
    {
        try
        {
            return LocalDrainCodec.ReadLine(line);
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{_path}, line {number}, cannot be read: {fault.Message}"), fault);
        }
    }
}
