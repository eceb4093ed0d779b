using System.Security.Cryptography;
using System.Text.Json;

namespace Scheduler.Storage.Archives;

/// <summary>Writes lines and the checksum at their end.</summary>
/// <param name="output">Where to.</param>
internal sealed class ArchiveWriter(Stream output) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _lines;

    /// <summary>Writes a line.</summary>
    public void Write(ArchiveLine line)
    {
        byte[] json = [.. JsonSerializer.SerializeToUtf8Bytes(line, ArchiveJson.Default.ArchiveLine), (byte)'\n'];
        _hash.AppendData(json);
        output.Write(json);
        _lines++;
    }

    /// <summary>Writes the last line.</summary>
    public void Finish() => Write(new ArchiveLine { End = new ArchiveEnd(_lines, Convert.ToHexStringLower(_hash.GetHashAndReset())) });

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();
}
