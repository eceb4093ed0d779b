using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Scheduler.Storage.Archives;

/// <summary>Reads the lines of an archive, and vouches for them only at the end: what was read before a fault is worth nothing.</summary>
internal static class ArchiveReader
{
    /// <summary>The lines between the header and the end, one by one.</summary>
    /// <param name="input">The archive.</param>
    /// <exception cref="StoreException">It is no archive, of another version, cut off, or changed; thrown where that is found.</exception>
    public static IEnumerable<ArchiveLine> Read(Stream input)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var reader = new StreamReader(input, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        long lines = 0;
        while (ReadLine(reader, lines + 1) is { } text)
        {
            ArchiveLine line = Parse(text, lines + 1);
            if (lines == 0) Check(line.Header);
            if (line.End is { } end)
            {
                string found = Convert.ToHexStringLower(hash.GetHashAndReset());
                if (end.Lines != lines || end.Sha256 != found) throw Faulty("its checksum does not fit what it holds: it was changed or damaged");
                if (ReadLine(reader, lines + 2) is not null) throw Faulty("something follows its last line");
                yield break;
            }
            hash.AppendData(Encoding.UTF8.GetBytes(text));
            hash.AppendData("\n"u8);
            if (lines++ > 0) yield return line;
        }
        throw Faulty(lines == 0 ? "it is empty" : "its last line is missing: it was cut off");
    }

    private static void Check(ArchiveHeader? header)
    {
        if (header?.Format != ArchiveHeader.Name) throw Faulty("its first line is not that of an archive of a store");
        if (header.Version != ArchiveHeader.Newest)
            throw Faulty(string.Create(CultureInfo.InvariantCulture, $"it has version {header.Version}; this program reads version {ArchiveHeader.Newest}"));
    }

    private static string? ReadLine(StreamReader reader, long number)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (DecoderFallbackException cause)
        {
            throw Faulty(string.Create(CultureInfo.InvariantCulture, $"line {number} is not UTF-8"), cause);
        }
    }

    private static ArchiveLine Parse(string text, long number)
    {
        try
        {
            return JsonSerializer.Deserialize(text, ArchiveJson.Default.ArchiveLine) ?? throw new JsonException("it is null");
        }
        catch (JsonException cause)
        {
            throw Faulty(string.Create(CultureInfo.InvariantCulture, $"line {number} cannot be read: {cause.Message}"), cause);
        }
    }

    private static StoreException Faulty(string reason, Exception? cause = null) => new($"The archive cannot be used: {reason}. Nothing was restored.", cause);
}
